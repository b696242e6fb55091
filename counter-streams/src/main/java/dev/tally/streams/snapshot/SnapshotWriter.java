package dev.tally.streams.snapshot;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.streams.state.serving.StateEntries;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Writes snapshots, entry by entry, at most 16 MiB a second. For one thread. */
final class SnapshotWriter {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES_BETWEEN_PAUSES = 1 << 20;
    private static final long PAUSE_MILLIS = 62;

    private final KafkaProducer<byte[], byte[]> producer;
    private final CountDownLatch stop;

    /** @param stop ends the writing when it is zero */
    SnapshotWriter(KafkaProducer<byte[], byte[]> producer, CountDownLatch stop) {
        this.producer = producer;
        this.stop = stop;
    }

    /**
     * Writes all entries. Returns when they are acknowledged; null if the writing was stopped.
     *
     * @param parameters those of the state
     * @param generation whose state it is
     * @throws TopicsUnavailableException if Kafka did not acknowledge them
     */
    @Nullable
    Snapshot write(int partition, StateEntries state, byte[] parameters, String generation)
            throws InterruptedException {
        Instant begin = Instant.now();
        long id = RANDOM.nextLong();
        Checksum checksum = new Checksum();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Future<RecordMetadata> first = null;
        Future<RecordMetadata> last = null;
        int bytes = 0;
        while (state.entries().hasNext()) {
            KeyValue<Bytes, byte[]> entry = state.entries().next();
            byte[] key = entry.key.get();
            checksum.add(key, entry.value);
            last = producer.send(
                    new ProducerRecord<>(Topics.SNAPSHOTS, partition, SnapshotKey.of(id, key), entry.value),
                    (acknowledged, failed) -> {
                        if (failed != null) {
                            failure.compareAndSet(null, failed);
                        }
                    });
            first = first == null ? last : first;
            bytes += key.length + entry.value.length;
            if (bytes >= BYTES_BETWEEN_PAUSES) {
                bytes = 0;
                if (failure.get() != null || stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new TopicsUnavailableException("Kafka did not acknowledge it: " + failed.getMessage(), failed);
        }
        return stop.getCount() == 0
                ? null
                : new Snapshot(
                        id,
                        offset(first),
                        offset(last),
                        checksum.entries(),
                        checksum.value(),
                        state.position().offset(),
                        begin,
                        parameters,
                        generation);
    }

    /** Of an acknowledged record. */
    private static long offset(@Nullable Future<RecordMetadata> record) throws InterruptedException {
        try {
            return record == null ? -1 : record.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(e);
        }
    }
}
