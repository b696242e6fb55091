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
 * Where a deployment finds its schemas. The released ones have fixed ids, which are known here; every other id is the
 * registry's to know, if there is one. What it answered is remembered, for so many ids; what it did not answer is asked
 * again, so that its absence is never taken for an answer.
 *
 * <p>The registry is only ever talked to on one thread of this object: {@link #ask} and {@link #ids} wait for nothing,
 * {@link #schema} for a bounded time. Safe for use by any thread.
 */
public final class SchemaDirectory implements SchemaLookup, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaDirectory.class);
    private static final int REMEMBERED_MAX = 1_000;
    private static final int ASKED_AT_ONCE_MAX = 100;
    private static final long ASK_AGAIN_MILLIS = 500;
    private static final long REGISTER_AGAIN_MILLIS = 1_000;
    /** Half of the time for which Kafka lets a transaction of counting stand still. */
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
    /** What the thread has still to ask, and what it failed to learn a moment ago. */
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

    /** The directory of a deployment without a registry: the released schemas and nothing else. */
    public static SchemaDirectory ofReleased() {
        return new SchemaDirectory(null);
    }

    /**
     * Opens a directory; returns at once, whether or not the registry is there.
     *
     * @param properties {@code schema.registry.url}, {@code basic.auth.user.info},
     *     {@code schema.registry.ssl.truststore.location} and {@code schema.registry.ssl.truststore.password}, as far as
     *     given; without the first there is no registry
     * @throws RegistryRefusedException if the truststore cannot be read
     */
    public static SchemaDirectory open(Map<String, ?> properties) {
        RegistryProperties given = RegistryProperties.of(properties);
        return new SchemaDirectory(given == null ? null : ConfluentRegistry.connect(given));
    }

    /** Whether there is a registry to depend on. */
    public boolean hasRegistry() {
        return registry != null;
    }

    /**
     * The ids to write with: the fixed ones, or, if there is a registry, those that it gives. The first call begins to
     * register the released schemas there, which goes on until the registry has them.
     *
     * @return completes exceptionally with {@link RegistryRefusedException} if the registry will not have them
     */
    public synchronized CompletableFuture<SchemaIds> ids() {
        if (registry != null && !registering) {
            registering = true;
            thread.execute(() -> register(registry));
        }
        return ids;
    }

    /** What {@link #ids} waits for, one sentence. */
    public synchronized String waitingFor() {
        return problem == null ? "waiting for the schema registry" : problem;
    }

    /** What is known of an id now; begins to ask for it if that is not enough. Waits for nothing. */
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

    /** @throws RegistryUnavailableException if the registry has not said in bounded time; it may be asked again */
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

    /** As {@link #schema}, but its text: of a released schema as it was released. */
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
            // Whatever it is, it is not the answer that there is no such schema.
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
            var unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS); // what it runs never throws
        }
    }

    /** Ends at once: a question that is under way is left to end by itself. */
    @Override
    public synchronized void close() {
        thread.shutdownNow();
        notifyAll();
    }
}
