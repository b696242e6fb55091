package dev.tally.ingest.log;

import dev.tally.Operation;
import dev.tally.ingest.event.Hit;
import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code tally.events}, through one idempotent producer that everybody shares.
 *
 * <p>An append runs on its caller's thread up to the producer's buffer and never blocks: the producer is told to wait for
 * nothing, what it could wait for is known before ({@link Gate}: the topic's metadata) or bounded before ({@link InFlight}:
 * its buffer). Appends end on the producer's network thread, or, if they failed, on this log's watch thread, which ticks
 * every {@value #TICK_MILLIS} ms: it asks for the metadata, moves the gate and gives the {@link Verdicts}.
 */
public final class KafkaEventLog implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final int TICK_MILLIS = 100;
    private static final long TICK_NANOS = Duration.ofMillis(TICK_MILLIS).toNanos();
    /** What an event in flight costs the heap besides its key and value. */
    private static final int EVENT_OVERHEAD_BYTES = 300;

    private final Producer<byte[], byte[]> producer;
    private final EventEncoder encoder;
    private final Duration closeTimeout;
    private final LogMetrics metrics;
    private final InFlight inFlight;
    private final Gate gate = new Gate();
    private final Verdicts verdicts;
    private final Thread watch;

    private KafkaEventLog(
            Producer<byte[], byte[]> producer, EventEncoder encoder, KafkaLogSettings settings, LogMetrics metrics) {
        this.producer = producer;
        this.encoder = encoder;
        this.closeTimeout = settings.closeTimeout();
        this.metrics = metrics;
        this.inFlight = new InFlight(settings.inFlightEventsMax(), settings.inFlightBytesMax());
        this.verdicts = new Verdicts(producer.metrics(), this::wakeProducer, this::end);
        this.watch = new Thread(this::watch, "tally-ingest-log-watch");
        watch.setDaemon(true);
    }

    /** Takes over the producer, which it closes when it is closed. Returns at once, whether or not Kafka is there. */
    public static KafkaEventLog start(
            Producer<byte[], byte[]> producer, EventEncoder encoder, KafkaLogSettings settings, LogMetrics metrics) {
        KafkaEventLog log = new KafkaEventLog(producer, encoder, settings, metrics);
        metrics.watch(log.inFlight);
        if (!log.verdicts.canBeCertain()) {
            LOG.warn("The producer lacks a metric: events that were never sent will be called unconfirmed.");
        }
        log.watch.start();
        return log;
    }

    @Override
    public void append(Hit hit, AppendListener listener) {
        NotAppended refusal = gate.refusal();
        if (refusal != null) {
            refuse(1, refusal, listener);
            return;
        }
        byte[] key = hit.counter().key();
        byte[] value = encode(hit);
        long bytes = bytes(key, value);
        if (!inFlight.tryTake(1, bytes)) {
            refuse(1, NotAppended.OVERLOADED, listener);
            return;
        }
        metrics.accepted(1);
        send(new SingleAppend(this, listener, bytes), key, value, 1);
    }

    @Override
    public void append(List<Hit> hits, AppendListener listener) {
        int events = hits.size();
        NotAppended refusal = gate.refusal();
        if (refusal != null) {
            refuse(events, refusal, listener);
            return;
        }
        byte[][] values = new byte[events][];
        long bytes = 0;
        for (int i = 0; i < events; i++) {
            Hit hit = hits.get(i);
            values[i] = encode(hit);
            bytes += bytes(hit.counter().key(), values[i]);
        }
        if (!inFlight.tryTake(events, bytes)) {
            refuse(events, NotAppended.OVERLOADED, listener);
            return;
        }
        metrics.accepted(events);
        Append append = new BatchAppend(this, listener, events, bytes, gate.partitions());
        for (int i = 0; i < events; i++) {
            if (!send(append, hits.get(i).counter().key(), values[i], events - i)) {
                return;
            }
        }
    }

    /**
     * Whether the record is on its way. If not, the append has ended, or ends with those of its records that are.
     *
     * @param left how many records of the append are not sent yet, this one included
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the append is the callback and hears all that the future would
    private boolean send(Append append, byte[] key, byte[] value, int left) {
        Exception refusal;
        try {
            int partition = Placement.partition(key, gate.partitions());
            producer.send(new ProducerRecord<>(Topics.EVENTS, partition, key, value), append);
            refusal = append.refusal();
        } catch (RuntimeException e) {
            refusal = e;
        }
        if (refusal == null) {
            return true;
        }
        if (isBeforeTaking(refusal)) {
            append.leaveOut(left);
        } else {
            // A producer that is closing or broken can say so after it has taken the record.
            if (gate.trip()) {
                LOG.error("The producer failed", refusal);
            }
            if (append.abandon()) {
                end(append, NotAppended.UNCONFIRMED);
            }
        }
        return false;
    }

    /** What send() refuses before it takes the record: no metadata, no room in its buffer, too large, not allowed. */
    private static boolean isBeforeTaking(Exception refusal) {
        return refusal instanceof TimeoutException
                || refusal instanceof RecordTooLargeException
                || refusal instanceof TopicAuthorizationException;
    }

    /** The last record of the append has been counted: on the network thread, or on the appender's. */
    void completed(Append append) {
        if (append.isRecorded()) {
            end(append, new Appended(append.receipts()));
        } else if (append.isPartlyRecorded()) {
            end(append, NotAppended.UNCONFIRMED);
        } else if (append.isLeftOut()) {
            boolean full = append.refusal() instanceof BufferExhaustedException;
            end(append, full ? NotAppended.OVERLOADED : NotAppended.UNAVAILABLE);
        } else {
            verdicts.add(append);
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
            LOG.error("A listener failed on {}", outcome, e);
        }
    }

    private byte[] encode(Hit hit) {
        return encoder.encode(Operation.ADD, hit.delta(), null, hit.occurredAt(), hit.source());
    }

    private static long bytes(byte[] key, byte[] value) {
        return (long) key.length + value.length + EVENT_OVERHEAD_BYTES;
    }

    @Override
    public LogState state() {
        return gate.state();
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                gate.tick(partitions(), metrics.appended(), inFlight.events());
                verdicts.tick();
            } catch (RuntimeException e) {
                LOG.error("The watch over the log failed and goes on", e);
            }
            LockSupport.parkNanos(this, TICK_NANOS);
        }
    }

    /** How many partitions the topic has, or 0. The question itself makes the producer find out and keep it in mind. */
    private int partitions() {
        try {
            return producer.partitionsFor(Topics.EVENTS).size();
        } catch (KafkaException e) {
            return 0; // not known yet: it answers at once, with a timeout
        }
    }

    /** A record for a partition that cannot exist: send() refuses it, and on the way wakes the network thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // it fails, always
    private void wakeProducer() {
        try {
            producer.send(new ProducerRecord<>(Topics.EVENTS, Integer.MAX_VALUE, null, new byte[0]), (m, e) -> {});
        } catch (RuntimeException e) {
            LOG.debug("The producer did not wake", e);
        }
    }

    @Override
    public void close() {
        gate.close();
        long deadline = System.nanoTime() + closeTimeout.toNanos();
        while (inFlight.events() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, Duration.ofMillis(5).toNanos());
        }
        try {
            producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        } finally {
            watch.interrupt();
            joinWatch();
            verdicts.finish();
        }
    }

    /** The watch never waits for anything but its next tick. */
    private void joinWatch() {
        boolean interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
