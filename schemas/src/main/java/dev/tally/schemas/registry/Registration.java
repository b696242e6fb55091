package dev.tally.schemas.registry;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.ReleasedSchemas;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the released schemas under the names of their topics, with retries until the registry has them. Thread-safe. */
final class Registration {
    static final String WAITING = "waiting for the schema registry";

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long RETRY_MILLIS = 1_000;

    private final ReleasedSchemas released = ReleasedSchemas.get();
    private final Registry registry;
    private final RegistryThread thread;
    private final CompletableFuture<SchemaIds> ids = new CompletableFuture<>();

    private boolean started;
    private String waitingFor = WAITING;

    Registration(Registry registry, RegistryThread thread) {
        this.registry = registry;
        this.thread = thread;
    }

    /** Completes when the registry has the schemas. The first call starts to register them. */
    synchronized CompletableFuture<SchemaIds> ids() {
        if (!started) {
            started = true;
            thread.run(this::register);
        }
        return ids;
    }

    /** What the registration waits for, one sentence. */
    synchronized String waitingFor() {
        return waitingFor;
    }

    private void register() {
        try {
            int event = registry.register(Topics.EVENTS + "-value", released.texts("dev.tally.CounterEvent"));
            int total = registry.register(Topics.TOTALS + "-value", released.texts("dev.tally.CounterTotal"));
            LOG.info("The schema registry {} has the schemas: events {}, totals {}", registry.name(), event, total);
            ids.complete(new SchemaIds(event, total));
        } catch (RegistryUnavailableException e) {
            retry(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            ids.completeExceptionally(e);
        }
    }

    /** @param problem logged once for as long as it stays the same */
    private synchronized void retry(String problem) {
        if (!problem.equals(waitingFor)) {
            LOG.warn("{} Retrying.", problem);
        }
        waitingFor = problem;
        thread.runAfter(RETRY_MILLIS, this::register);
    }
}
