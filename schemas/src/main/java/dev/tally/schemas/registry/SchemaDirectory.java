package dev.tally.schemas.registry;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.schemas.wire.SchemaLookup;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the schemas of a deployment. The released schemas have fixed ids, which are known here. All other ids are looked up
 * in the registry, if there is one. Its answers are cached for a bounded number of ids. A failed lookup is retried, so that
 * an unavailable registry is never taken for the answer that a schema does not exist.
 *
 * <p>Only one thread of this object calls the registry: {@link #ask} and {@link #ids} do not block, {@link #schema} blocks
 * for a bounded time. Thread-safe.
 */
public final class SchemaDirectory implements SchemaLookup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaDirectory.class);
    private static final int REMEMBERED_MAX = 1_000;
    private static final int ASKED_AT_ONCE_MAX = 100;
    private static final long ASK_AGAIN_MILLIS = 500;
    private static final long REGISTER_AGAIN_MILLIS = 1_000;
    /** Half of the transaction timeout of the counting topology. */
    private static final long WAIT_MILLIS_MAX = 5_000;

    private final ReleasedSchemas released = ReleasedSchemas.get();
    private final @Nullable Registry registry;
    private final ScheduledThreadPoolExecutor thread;
    private final CompletableFuture<SchemaIds> ids = new CompletableFuture<>();
    private final Map<Integer, SchemaAnswer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, SchemaAnswer> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };
    /** The ids with a pending lookup, and those whose lookup failed a moment ago. */
    private final Set<Integer> asked = new HashSet<>();

    private boolean registering;
    private @Nullable String problem;

    SchemaDirectory(@Nullable Registry registry) {
        this.registry = registry;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "schema-registry");
            created.setDaemon(true);
            return created;
        });
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        if (registry == null) {
            ids.complete(SchemaIds.fixed());
        }
    }

    /** The directory of a deployment without a registry: the released schemas only. */
    public static SchemaDirectory ofReleased() {
        return new SchemaDirectory(null);
    }

    /**
     * Opens a directory. Returns immediately, whether or not the registry is available.
     *
     * @param properties {@code schema.registry.url}, {@code basic.auth.user.info},
     *     {@code schema.registry.ssl.truststore.location} and {@code schema.registry.ssl.truststore.password}, all
     *     optional; without the first there is no registry
     * @throws RegistryRefusedException if the truststore cannot be read
     */
    public static SchemaDirectory open(Map<String, ?> properties) {
        RegistryProperties given = RegistryProperties.of(properties);
        return new SchemaDirectory(given == null ? null : ConfluentRegistry.connect(given));
    }

    /** Whether the deployment has a registry. */
    public boolean hasRegistry() {
        return registry != null;
    }

    /**
     * The schema ids for writing: the fixed ones, or, if there is a registry, those that it assigns. The first call starts to
     * register the released schemas, with retries until the registry has them.
     *
     * @return completes exceptionally with {@link RegistryRefusedException} if the registry rejects them
     */
    public synchronized CompletableFuture<SchemaIds> ids() {
        if (registry != null && !registering) {
            registering = true;
            thread.execute(() -> register(registry));
        }
        return ids;
    }

    /** What the registration of {@link #ids} waits for, one sentence. */
    public synchronized String waitingFor() {
        return problem == null ? "waiting for the schema registry" : problem;
    }

    /** Returns what is known about an id now, and starts a lookup if that is not final. Does not block. */
    public synchronized SchemaAnswer ask(int id) {
        Schema fixed = released.schema(id);
        if (fixed != null || registry == null) {
            return new SchemaAnswer.Certain(fixed);
        }
        SchemaAnswer known = answers.get(id);
        if (known instanceof SchemaAnswer.Certain) {
            return known;
        }
        if (asked.size() < ASKED_AT_ONCE_MAX && !thread.isShutdown() && asked.add(id)) {
            thread.execute(() -> look(registry, id));
        }
        return known == null ? new SchemaAnswer.Open(null) : known;
    }

    /** @throws RegistryUnavailableException if the registry did not answer in bounded time; the caller may retry */
    @Override
    public synchronized @Nullable Schema schema(int id) {
        long start = System.nanoTime();
        while (true) {
            SchemaAnswer answer = ask(id);
            if (answer instanceof SchemaAnswer.Certain certain) {
                return certain.schema();
            }
            long left = WAIT_MILLIS_MAX - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (left <= 0 || thread.isShutdown()) {
                throw unanswered(id, answer);
            }
            try {
                wait(Math.min(left, ASK_AGAIN_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unanswered(id, answer);
            }
        }
    }

    private static RegistryUnavailableException unanswered(int id, SchemaAnswer answer) {
        String why = answer instanceof SchemaAnswer.Open open ? open.problem() : null;
        return new RegistryUnavailableException(
                why == null ? "The schema registry has not answered for schema " + id + "." : why, null);
    }

    /** Like {@link #schema}, but returns the text; that of a released schema is unchanged since its release. */
    public @Nullable String text(int id) {
        String fixed = released.text(id);
        if (fixed != null) {
            return fixed;
        }
        Schema schema = schema(id);
        return schema == null ? null : schema.toString();
    }

    private void look(Registry asks, int id) {
        try {
            Schema schema = asks.schema(id);
            learn(id, new SchemaAnswer.Certain(schema), 0);
        } catch (RuntimeException e) {
            // No failure means that the schema does not exist.
            learn(id, new SchemaAnswer.Open(String.valueOf(e.getMessage())), ASK_AGAIN_MILLIS);
        }
    }

    private synchronized void learn(int id, SchemaAnswer answer, long pauseMillis) {
        answers.put(id, answer);
        if (pauseMillis == 0) {
            asked.remove(id);
        } else {
            later(() -> forget(id), pauseMillis);
        }
        notifyAll();
    }

    private synchronized void forget(int id) {
        asked.remove(id);
        notifyAll();
    }

    private void register(Registry at) {
        try {
            int event = at.register(Topics.EVENTS + "-value", released.texts("dev.tally.CounterEvent"));
            int total = at.register(Topics.TOTALS + "-value", released.texts("dev.tally.CounterTotal"));
            LOG.info("The schema registry {} has the schemas: events {}, totals {}", at.name(), event, total);
            ids.complete(new SchemaIds(event, total));
        } catch (RegistryUnavailableException e) {
            String sentence = String.valueOf(e.getMessage());
            if (!sentence.equals(waitingFor())) {
                LOG.warn("{} Retrying.", sentence);
            }
            waitFor(sentence);
            later(() -> register(at), REGISTER_AGAIN_MILLIS);
        } catch (RuntimeException e) {
            ids.completeExceptionally(e);
        }
    }

    private synchronized void waitFor(String sentence) {
        problem = sentence;
    }

    private synchronized void later(Runnable task, long millis) {
        if (!thread.isShutdown()) {
            var unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS); // the task never throws
        }
    }

    /** Closes immediately, without waiting for a request in flight. */
    @Override
    public synchronized void close() {
        thread.shutdownNow();
        notifyAll();
    }
}
