package dev.tally.ingest.log;

import dev.tally.ingest.event.Event;
import dev.tally.ingest.event.Hit;
import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.topic.RequestIdHeader;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code tally.events}, written through one idempotent producer that all requests share
 * ({@link ReplaceableProducer}).
 *
 * <p>An append runs on its caller's thread up to the producer's buffer and never blocks: {@code max.block.ms} is 0.
 * What send() would wait for is ensured before the call: {@link CircuitBreaker} ensures the topic's metadata, and
 * {@link InFlight} bounds the use of the buffer. Appends end on the producer's network thread. Failed appends end when
 * {@link InDoubtAppends} has resolved them, on the thread of {@link LogWatch} or on the thread that closes the
 * producer.
 */
public final class KafkaEventLog implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    /** Heap bytes of an in-flight event besides its key, its value and the request ID. */
    private static final int EVENT_OVERHEAD_BYTES = 350;

    private final Duration closeTimeout;
    private final LogMetrics metrics;
    private final InFlight inFlight;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final ReplaceableProducer producer;
    private final LogWatch watch;

    private KafkaEventLog(
            Supplier<Producer<byte[], byte[]>> producers,
            Runnable preparation,
            SchemaDirectory schemas,
            LogBounds bounds,
            LogMetrics metrics) {
        this.closeTimeout = bounds.closeTimeout();
        this.metrics = metrics;
        this.inFlight = new InFlight(bounds.eventsMax(), bounds.bytesMax());
        this.producer = new ReplaceableProducer(producers, this::end, breaker, metrics);
        this.watch = new LogWatch(producer, preparation, schemas, breaker, metrics, inFlight);
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
            metrics.watch(producer);
            return producer;
        };
        return start(producers, new TopicPreparation(kafka.admin(), kafka.topics()), schemas, bounds, metrics);
    }

    /**
     * @param producers creates a producer, now and after each fatal error of the current one; the log closes it
     * @param preparation runs first, on the watch thread; no append is admitted before it has returned
     */
    static KafkaEventLog start(
            Supplier<Producer<byte[], byte[]>> producers,
            Runnable preparation,
            SchemaDirectory schemas,
            LogBounds bounds,
            LogMetrics metrics) {
        KafkaEventLog log = new KafkaEventLog(producers, preparation, schemas, bounds, metrics);
        metrics.watch(log.inFlight);
        log.watch.start();
        return log;
    }

    /**
     * Completes when the topics and the schema ID are ready; exceptionally if that cannot happen, so that nothing may
     * be written.
     */
    public CompletableFuture<Void> prepared() {
        return watch.prepared();
    }

    @Override
    public void append(Event event, String requestId, AppendListener listener) {
        NotAppended refusal = breaker.refusal();
        if (refusal != null) {
            refuse(1, refusal, listener);
            return;
        }
        byte[] key = event.counter().key();
        byte[] value = encode(event);
        long bytes = bytes(key, value, requestId);
        if (!inFlight.tryTake(1, bytes)) {
            refuse(1, NotAppended.OVERLOADED, listener);
            return;
        }
        metrics.accepted(1);
        send(new SingleAppend(this, producer.current(), listener, bytes), key, value, headers(requestId), 1);
    }

    @Override
    public void append(List<Hit> hits, String requestId, AppendListener listener) {
        int events = hits.size();
        NotAppended refusal = breaker.refusal();
        if (refusal != null) {
            refuse(events, refusal, listener);
            return;
        }
        byte[][] values = new byte[events][];
        long bytes = 0;
        for (int i = 0; i < events; i++) {
            Hit hit = hits.get(i);
            values[i] = encode(hit);
            bytes += bytes(hit.counter().key(), values[i], requestId);
        }
        if (!inFlight.tryTake(events, bytes)) {
            refuse(events, NotAppended.OVERLOADED, listener);
            return;
        }
        metrics.accepted(events);
        Append append = new BatchAppend(this, producer.current(), listener, events, bytes, breaker.partitions());
        Iterable<Header> headers =
                new RecordHeaders(headers(requestId)); // a record's copy of these has no spare capacity
        for (int i = 0; i < events; i++) {
            if (!send(append, hits.get(i).counter().key(), values[i], headers, events - i)) {
                return;
            }
        }
    }

    /**
     * Returns whether the record is in flight. If not, the append has ended, or ends together with its records that are
     * in flight.
     *
     * @param left the number of records of the append that are not sent yet, this one included
     */
    private boolean send(Append append, byte[] key, byte[] value, Iterable<Header> headers, int left) {
        Exception refusal;
        try {
            int partition = Placement.partition(key, breaker.partitions());
            append.session().send(new ProducerRecord<>(Topics.EVENTS, partition, key, value, headers), append);
            refusal = append.refusal();
        } catch (RuntimeException e) {
            refusal = e;
        }
        if (refusal == null) {
            return true;
        }
        if (isBeforeTaking(refusal)) {
            append.leaveOut(left);
        } else if (refusal instanceof InterruptException) {
            if (append.abandon()) {
                end(append, NotAppended.UNCONFIRMED);
            }
        } else {
            // A producer in its fatal state takes the record and then throws. A closed producer throws before it takes
            // the record.
            producer.failed(append.session(), refusal);
            if (append.abandon()) {
                append.session().inDoubt().addUntilTheEnd(append);
            }
        }
        return false;
    }

    /** Network thread: a record of the append failed with a fatal error of its producer. */
    void producerFailed(Append append, Exception why) {
        producer.failed(append.session(), why);
    }

    /**
     * Whether send() refused the record before taking it: no metadata, buffer full, record too large, or not
     * authorized.
     */
    private static boolean isBeforeTaking(Exception refusal) {
        return refusal instanceof TimeoutException
                || refusal instanceof RecordTooLargeException
                || refusal instanceof TopicAuthorizationException;
    }

    /** The last record of the append has been counted, on the network thread or on the appender's. */
    void completed(Append append) {
        if (append.isRecorded()) {
            end(append, new Appended(append.receipts()));
        } else if (append.isPartlyRecorded()) {
            end(append, NotAppended.UNCONFIRMED);
        } else if (append.isLeftOut()) {
            boolean full = append.refusal() instanceof BufferExhaustedException;
            end(append, full ? NotAppended.OVERLOADED : NotAppended.UNAVAILABLE);
        } else {
            append.session().inDoubt().add(append);
        }
    }

    private void end(Append append, AppendOutcome outcome) {
        inFlight.giveBack(append.events, append.bytes);
        metrics.ended(append, outcome);
        answer(append.listener, outcome);
    }

    private void refuse(int events, NotAppended why, AppendListener listener) {
        metrics.refused(events, why);
        answer(listener, why);
    }

    private static void answer(AppendListener listener, AppendOutcome outcome) {
        try {
            listener.ended(outcome);
        } catch (RuntimeException e) {
            LOG.error("Append listener failed on {}", outcome, e);
        }
    }

    private byte[] encode(Event event) {
        EventEncoder encoder = Objects.requireNonNull(watch.encoder(), "the breaker is closed before the id is known");
        return encoder.encode(event.operation(), event.value(), event.id(), event.occurredAt(), event.source());
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
            watch.stop();
            metrics.close();
        }
    }
}
