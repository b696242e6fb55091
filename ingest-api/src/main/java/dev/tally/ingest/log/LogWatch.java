package dev.tally.ingest.log;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.registry.SchemaIds;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread behind a log: first it prepares the topics and learns the id to write with, then it ticks. It asks for the topic's metadata, which makes
 * the producer find out and keep it in mind, moves the gate and lets the verdicts fall.
 */
final class LogWatch {
    static final int TICK_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

    private final Producer<byte[], byte[]> producer;
    private final Runnable preparation;
    private final SchemaDirectory schemas;
    private final Gate gate;
    private final Verdicts verdicts;
    private final LogMetrics metrics;
    private final InFlight inFlight;
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();
    /** Set before the gate opens for the first time. */
    private volatile @Nullable EventEncoder encoder;

    private final Thread thread = new Thread(this::run, "tally-ingest-log-watch");

    LogWatch(
            Producer<byte[], byte[]> producer,
            Runnable preparation,
            SchemaDirectory schemas,
            Gate gate,
            Verdicts verdicts,
            LogMetrics metrics,
            InFlight inFlight) {
        this.producer = producer;
        this.preparation = preparation;
        this.schemas = schemas;
        this.gate = gate;
        this.verdicts = verdicts;
        this.metrics = metrics;
        this.inFlight = inFlight;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Completes when the topics are as they must be and the id is known; exceptionally if that will never be. */
    CompletableFuture<Void> prepared() {
        return prepared;
    }

    private void run() {
        try {
            preparation.run();
            encoder = awaitEncoder();
        } catch (RuntimeException e) {
            Throwable why = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            gate.block(String.valueOf(why.getMessage()));
            prepared.completeExceptionally(why);
            return;
        }
        if (encoder == null) {
            return;
        }
        prepared.complete(null);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                gate.tick(partitions(), metrics.appended(), inFlight.events());
                verdicts.tick();
            } catch (RuntimeException e) {
                LOG.error("The watch over the log failed and goes on", e);
            }
            LockSupport.parkNanos(this, TICK_MILLIS * 1_000_000L);
        }
    }

    /** What events are encoded by, however long that takes to know; null if this is interrupted before. */
    private @Nullable EventEncoder awaitEncoder() {
        CompletableFuture<SchemaIds> ids = schemas.ids();
        while (!ids.isDone()) {
            gate.hold(schemas.waitingFor());
            LockSupport.parkNanos(this, TICK_MILLIS * 1_000_000L);
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
        }
        return new EventEncoder(ids.join().event());
    }

    /** What events are encoded by; null until the gate has been open. */
    @Nullable
    EventEncoder encoder() {
        return encoder;
    }

    /** How many partitions the topic has, or 0. */
    private int partitions() {
        try {
            return producer.partitionsFor(Topics.EVENTS).size();
        } catch (KafkaException e) {
            return 0; // not known yet: the producer says so at once, by a timeout
        }
    }

    /** A record for a partition that cannot exist: send() refuses it, and on the way wakes the network thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // it fails, always
    static void wake(Producer<byte[], byte[]> producer) {
        try {
            producer.send(new ProducerRecord<>(Topics.EVENTS, Integer.MAX_VALUE, null, new byte[0]), (m, e) -> {});
        } catch (RuntimeException e) {
            LOG.debug("The producer did not wake", e);
        }
    }

    /** Ends the thread and waits for its end: it never waits for anything but its next tick. */
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
