package dev.tally.ingest.log;

import dev.tally.ingest.event.Event;
import dev.tally.ingest.event.Hit;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.topic.RequestIdHeader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The topic {@code tally.events}, written through one idempotent producer that all requests share
 * ({@link ReplaceableProducer}).
 *
 * <p>An append runs on its caller's thread up to the producer's buffer and never blocks: {@code max.block.ms} is 0.
 * What send() would wait for is ensured before the call: {@link CircuitBreaker} ensures the topic's metadata, and
 * {@link InFlight} bounds the use of the buffer. Appends end on the producer's network thread. Failed appends end when
 * {@link InDoubtAppends} has resolved them, on the thread of {@link ProducerMonitor} or on the thread that closes the
 * producer.
 */
public final class KafkaEventLog implements EventLog {
    /** Heap bytes of an in-flight event besides its key, its value and the request ID. */
    private static final int EVENT_OVERHEAD_BYTES = 350;

    private final Duration closeTimeout;
    private final LogMetrics metrics;
    private final InFlight inFlight;
    private final AppendAccounting accounting;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final EventSerializer serializer = new EventSerializer();
    private final ReplaceableProducer producer;
    private final ProducerMonitor monitor;

    private KafkaEventLog(
            Supplier<Producer<byte[], byte[]>> producers,
            Runnable preparation,
            SchemaDirectory schemas,
            LogBounds bounds,
            LogMetrics metrics) {
        this.closeTimeout = bounds.closeTimeout();
        this.metrics = metrics;
        this.inFlight = new InFlight(bounds.eventsMax(), bounds.bytesMax());
        this.accounting = new AppendAccounting(inFlight, metrics);
        this.producer = new ReplaceableProducer(producers, breaker, metrics);
        this.monitor = new ProducerMonitor(producer, preparation, schemas, serializer, breaker, metrics, inFlight);
    }

    /**
     * Connects to Kafka. Returns at once, whether or not Kafka is available.
     *
     * @param schemas provides the ID to write events with, perhaps later; it is not closed by the log
     * @throws KafkaException if the producer cannot be created with these properties
     */
    public static KafkaEventLog connect(
            KafkaConnection kafka, SchemaDirectory schemas, LogBounds bounds, LogMetrics metrics) {
        Supplier<Producer<byte[], byte[]>> producers = () -> {
            Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer());
            metrics.publish(producer);
            return producer;
        };
        return start(producers, new TopicPreparation(kafka.admin(), kafka.topics()), schemas, bounds, metrics);
    }

    /**
     * @param producers creates a producer, now and after each fatal error of the current one; the log closes it
     * @param preparation runs first, on the thread of the monitor; no append is admitted before it has returned
     */
    static KafkaEventLog start(
            Supplier<Producer<byte[], byte[]>> producers,
            Runnable preparation,
            SchemaDirectory schemas,
            LogBounds bounds,
            LogMetrics metrics) {
        KafkaEventLog log = new KafkaEventLog(producers, preparation, schemas, bounds, metrics);
        metrics.publish(log.inFlight);
        log.monitor.start();
        return log;
    }

    /**
     * Completes when the topics and the schema ID are ready; exceptionally if that cannot happen, so that nothing may
     * be written.
     */
    public CompletableFuture<Void> prepared() {
        return monitor.prepared();
    }

    @Override
    public void append(Event event, String requestId, AppendListener listener) {
        NotAppended refusal = breaker.refusal();
        if (refusal != null) {
            accounting.refuse(1, refusal, listener);
            return;
        }
        byte[] key = event.counter().key();
        byte[] value = serializer.serialize(event);
        long bytes = bytes(key, value, requestId);
        if (!accounting.tryAccept(1, bytes)) {
            accounting.refuse(1, NotAppended.OVERLOADED, listener);
            return;
        }
        Append append = new SingleAppend(accounting, producer.current(), listener, bytes);
        append.send(partition(key), key, value, headers(requestId));
    }

    @Override
    public void append(List<Hit> hits, String requestId, AppendListener listener) {
        int events = hits.size();
        NotAppended refusal = breaker.refusal();
        if (refusal != null) {
            accounting.refuse(events, refusal, listener);
            return;
        }
        byte[][] values = new byte[events][];
        long bytes = 0;
        for (int i = 0; i < events; i++) {
            Hit hit = hits.get(i);
            values[i] = serializer.serialize(hit);
            bytes += bytes(hit.counter().key(), values[i], requestId);
        }
        if (!accounting.tryAccept(events, bytes)) {
            accounting.refuse(events, NotAppended.OVERLOADED, listener);
            return;
        }
        Append append = new BatchAppend(accounting, producer.current(), listener, events, bytes, breaker.partitions());
        Iterable<Header> headers =
                new RecordHeaders(headers(requestId)); // a record's copy of these has no spare capacity
        boolean sent = true;
        for (int i = 0; i < events && sent; i++) {
            byte[] key = hits.get(i).counter().key();
            sent = append.send(partition(key), key, values[i], headers);
        }
    }

    private int partition(byte[] key) {
        return Placement.partition(key, breaker.partitions());
    }

    /** Created once per request and shared by its records. */
    private static List<Header> headers(String requestId) {
        return List.of(RequestIdHeader.of(requestId));
    }

    private static long bytes(byte[] key, byte[] value, String requestId) {
        return (long) key.length + value.length + requestId.length() + EVENT_OVERHEAD_BYTES;
    }

    @Override
    public LogState state() {
        return breaker.state();
    }

    @Override
    public void close() {
        breaker.shutDown();
        long deadline = System.nanoTime() + closeTimeout.toNanos();
        while (inFlight.events() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, Duration.ofMillis(5).toNanos());
        }
        try {
            producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        } finally {
            monitor.stop();
            metrics.close();
        }
    }
}
