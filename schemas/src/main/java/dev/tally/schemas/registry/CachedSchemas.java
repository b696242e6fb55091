package dev.tally.schemas.registry;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Looks up schemas in a registry and caches its answers, those for the least recently used ids up to a bound. Thread-safe. */
final class CachedSchemas {
    private static final int CACHED_MAX = 1_000;
    private static final int IN_FLIGHT_MAX = 100;
    private static final long RETRY_MILLIS = 500;
    /** Half of the transaction timeout of the counting topology. */
    private static final long WAIT_MILLIS_MAX = 5_000;

    private final Registry registry;
    private final RegistryThread thread;
    private final Map<Integer, SchemaAnswer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, SchemaAnswer> eldest) {
            return size() > CACHED_MAX;
        }
    };
    /** The ids with a lookup in flight, and those whose lookup failed less than {@link #RETRY_MILLIS} ago. */
    private final Set<Integer> inFlight = new HashSet<>();

    CachedSchemas(Registry registry, RegistryThread thread) {
        this.registry = registry;
        this.thread = thread;
    }

    /** Returns what is known about an id now, and starts a lookup if that is not final. Does not block. */
    synchronized SchemaAnswer ask(int id) {
        SchemaAnswer cached = answers.get(id);
        if (cached instanceof SchemaAnswer.Known) {
            return cached;
        }
        if (inFlight.size() < IN_FLIGHT_MAX && !thread.isClosed() && inFlight.add(id)) {
            thread.run(() -> lookUp(id));
        }
        return cached == null ? new SchemaAnswer.Pending(null) : cached;
    }

    /**
     * Returns the schema of an id, or null if it is certain that there is none. Blocks until then.
     *
     * @throws RegistryUnavailableException if that is not known in bounded time
     */
    synchronized @Nullable Schema await(int id) {
        long start = System.nanoTime();
        while (true) {
            SchemaAnswer answer = ask(id);
            if (answer instanceof SchemaAnswer.Known known) {
                return known.schema();
            }
            long left = WAIT_MILLIS_MAX - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (left <= 0 || thread.isClosed()) {
                throw unavailable(id, answer);
            }
            try {
                wait(Math.min(left, RETRY_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(id, answer);
            }
        }
    }

    private static RegistryUnavailableException unavailable(int id, SchemaAnswer answer) {
        String problem = answer instanceof SchemaAnswer.Pending pending ? pending.problem() : null;
        return new RegistryUnavailableException(
                problem == null ? "The schema registry has not answered for schema " + id + "." : problem, null);
    }

    /** Ends the waits of {@link #await}. Called after the thread is closed. */
    synchronized void closed() {
        notifyAll();
    }

    private void lookUp(int id) {
        try {
            succeeded(id, registry.schema(id));
        } catch (RuntimeException e) {
            // No failure means that the schema does not exist.
            failed(id, String.valueOf(e.getMessage()));
        }
    }

    private synchronized void succeeded(int id, @Nullable Schema schema) {
        answers.put(id, new SchemaAnswer.Known(schema));
        allowLookup(id);
    }

    private synchronized void failed(int id, String problem) {
        answers.put(id, new SchemaAnswer.Pending(problem));
        thread.runAfter(RETRY_MILLIS, () -> allowLookup(id));
        notifyAll();
    }

    private synchronized void allowLookup(int id) {
        inFlight.remove(id);
        notifyAll();
    }
}
