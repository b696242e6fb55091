package dev.tally.standalone.rejected;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Appends records until one fails. The producer's buffer bounds the number in flight: a full one makes {@link #append} wait.
 * For one thread.
 */
final class Appender implements AutoCloseable {
    /** Longer than the delivery timeout, within which every append ends. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(40);

    private final Producer<byte[], byte[]> producer;
    /** Written by the producer's thread. */
    private volatile @Nullable Exception failure;

    Appender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * @param acknowledged called once all in-sync replicas have the record, on the producer's thread
     * @return whether no append has failed yet
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the same result
    boolean append(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        if (failure == null) {
            try {
                producer.send(record, (metadata, error) -> {
                    if (error == null) {
                        acknowledged.run();
                    } else {
                        fail(error);
                    }
                });
            } catch (KafkaException | IllegalStateException e) {
                fail(e);
            }
        }
        return failure == null;
    }

    /** Waits until each append has ended. Returns the first failure, or null. */
    @Nullable
    Exception finish() {
        producer.flush();
        return failure;
    }

    private synchronized void fail(Exception error) {
        if (failure == null) {
            failure = error;
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_MAX);
    }
}
