package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One producer from its start to its end, with the appends that went through it and are in doubt: they are judged by its
 * counts alone. Safe for use by any thread.
 */
final class ProducerSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSession.class);

    private final Producer<byte[], byte[]> producer;
    private final InDoubtAppends inDoubt;
    private final AtomicBoolean failed = new AtomicBoolean();

    ProducerSession(Producer<byte[], byte[]> producer, BiConsumer<Append, NotAppended> end) {
        this.producer = producer;
        this.inDoubt = new InDoubtAppends(producer.metrics(), this::wake, end);
        if (!inDoubt.canBeCertain()) {
            LOG.warn("Producer metric is missing; events that were never sent are reported as unconfirmed");
        }
    }

    /** @throws RuntimeException as the producer throws it; it may have taken the record all the same */
    @SuppressWarnings("FutureReturnValueIgnored") // the append is the callback and hears all that the future would
    void send(ProducerRecord<byte[], byte[]> record, Append append) {
        producer.send(record, append);
    }

    InDoubtAppends inDoubt() {
        return inDoubt;
    }

    /** How many partitions the topic has, or 0. Asking makes the producer find out and keep it in mind. */
    int partitions() {
        try {
            return producer.partitionsFor(Topics.EVENTS).size();
        } catch (KafkaException | IllegalStateException e) {
            return 0; // not known yet: the producer says so at once, by a timeout; or it is closed
        }
    }

    /** Marks the producer as one that will not send again. True for the first call only. */
    boolean fail() {
        return !failed.getAndSet(true);
    }

    boolean isFailed() {
        return failed.get();
    }

    /**
     * Closes the producer and answers every append that went through it. Blocks, a little longer than the timeout at most:
     * then the producer's network thread is told to end and does not wait for the network any more.
     */
    void close(Duration timeout) {
        try {
            producer.close(timeout);
        } catch (RuntimeException e) {
            LOG.warn("Producer close failed; continuing", e);
        } finally {
            inDoubt.end();
        }
    }

    /** A record for a partition that cannot exist: send() refuses it, and on the way wakes the network thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // it fails, always
    private void wake() {
        try {
            producer.send(new ProducerRecord<>(Topics.EVENTS, Integer.MAX_VALUE, null, new byte[0]), (m, e) -> {});
        } catch (RuntimeException e) {
            LOG.debug("Producer wake-up failed; continuing", e);
        }
    }
}
