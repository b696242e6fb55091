package dev.tally.ingest.log;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.registry.SchemaIds;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a log. First it prepares the topics and obtains the ID to write with. Then it ticks: each tick
 * requests the metadata of the topic, updates the circuit breaker, resolves in-doubt appends, and starts the
 * replacement of a failed producer.
 */
final class ProducerMonitor {
    static final int TICK_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ProducerMonitor.class);

    private final ReplaceableProducer producer;
    private final Runnable preparation;
    private final SchemaDirectory schemas;
    private final EventSerializer serializer;
    private final CircuitBreaker breaker;
    private final LogMetrics metrics;
    private final InFlight inFlight;
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "tally-ingest-producer-monitor");

    ProducerMonitor(
            ReplaceableProducer producer,
            Runnable preparation,
            SchemaDirectory schemas,
            EventSerializer serializer,
            CircuitBreaker breaker,
            LogMetrics metrics,
            InFlight inFlight) {
        this.producer = producer;
        this.preparation = preparation;
        this.schemas = schemas;
        this.serializer = serializer;
        this.breaker = breaker;
        this.metrics = metrics;
        this.inFlight = inFlight;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Completes when the topics match their definitions and the ID is known; exceptionally if that cannot happen. */
    CompletableFuture<Void> prepared() {
        return prepared;
    }

    private void run() {
        try {
            preparation.run();
            if (!awaitSchemaId()) {
                return;
            }
        } catch (RuntimeException e) {
            Throwable why = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            breaker.block(String.valueOf(why.getMessage()));
            prepared.completeExceptionally(why);
            return;
        }
        prepared.complete(null);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                breaker.tick(producer.partitions(), metrics.appended(), metrics.failed(), inFlight.events());
                producer.tick();
            } catch (RuntimeException e) {
                LOG.error("Producer monitor tick failed; continuing", e);
            }
            LockSupport.parkNanos(this, TICK_MILLIS * 1_000_000L);
        }
    }

    /** Waits without a time limit for the ID to write with. Returns false if the thread is interrupted first. */
    private boolean awaitSchemaId() {
        CompletableFuture<SchemaIds> ids = schemas.ids();
        while (!ids.isDone()) {
            breaker.hold(schemas.waitingFor());
            LockSupport.parkNanos(this, TICK_MILLIS * 1_000_000L);
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        serializer.useSchemaId(ids.join().event());
        return true;
    }

    /** Ends the thread and waits for its end. The thread never blocks except between two ticks. */
    void stop() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
