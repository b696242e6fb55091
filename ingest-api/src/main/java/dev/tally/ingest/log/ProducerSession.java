package dev.tally.ingest.log;

import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One producer from its start to its end, together with its in-doubt appends, which only its own metrics can resolve.
 * Safe for use by any thread.
 */
final class ProducerSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSession.class);

    private final Producer<byte[], byte[]> producer;
    private final CircuitBreaker breaker;
    private final InDoubtAppends inDoubt;
    private final AtomicBoolean failed = new AtomicBoolean();

    ProducerSession(Producer<byte[], byte[]> producer, CircuitBreaker breaker) {
        this.producer = producer;
        this.breaker = breaker;
        this.inDoubt = new InDoubtAppends(producer.metrics(), this::wake);
        if (!inDoubt.canBeCertain()) {
            LOG.warn("Producer metric is missing; events that were never sent are reported as unconfirmed");
        }
    }

    /** @throws RuntimeException as thrown by the producer, which may have taken the record all the same */
    @SuppressWarnings("FutureReturnValueIgnored") // the append is the callback and receives the same result
    void send(ProducerRecord<byte[], byte[]> record, Append append) {
        producer.send(record, append);
    }

    InDoubtAppends inDoubt() {
        return inDoubt;
    }

    /**
     * The number of partitions of the topic, or 0 if it is not known. The call makes the producer fetch the metadata
     * and keep it.
     */
    int partitions() {
        try {
            return producer.partitionsFor(Topics.EVENTS).size();
        } catch (KafkaException | IllegalStateException e) {
            return 0; // not known yet (the producer throws a timeout at once), or the producer is closed
        }
    }

    /** The producer reported that it does not send again. No appends are admitted until there is a new one. */
    void fail(Exception why) {
        if (!failed.getAndSet(true)) {
            breaker.producerFailed("the producer failed and is being replaced: " + reason(why));
            LOG.error("Producer failed; replacing it", why);
        }
    }

    static String reason(Exception why) {
        Throwable cause = why.getCause() == null ? why : why.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    boolean isFailed() {
        return failed.get();
    }

    /**
     * Closes the producer and completes every append that went through it. Blocks, at most a little longer than the
     * timeout: when the timeout expires, the producer's network thread is told to end and no longer waits for the
     * network.
     */
    void close(Duration timeout) {
        try {
            producer.close(timeout);
        } catch (RuntimeException e) {
            LOG.warn("Producer close failed; continuing", e);
        } finally {
            inDoubt.close();
        }
    }

    /** Sends a record for a partition that cannot exist. send() refuses it and wakes the network thread before that. */
    @SuppressWarnings("FutureReturnValueIgnored") // it always fails
    private void wake() {
        try {
            producer.send(new ProducerRecord<>(Topics.EVENTS, Integer.MAX_VALUE, null, new byte[0]), (m, e) -> {});
        } catch (RuntimeException e) {
            LOG.debug("Producer wake-up failed; continuing", e);
        }
    }
}
