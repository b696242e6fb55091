package dev.tally.streams.snapshot;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads snapshots with one consumer. For one thread. */
final class SnapshotReader {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After this time without progress Kafka is considered unavailable. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;

    SnapshotReader(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Receives the entries in the order of their keys. */
    interface Visitor {
        void visit(byte[] key, byte[] value);
    }

    /**
     * Reads all entries. Whether they are complete is known only at the end.
     *
     * @throws SnapshotDamagedException if they are not those that were written
     * @throws TopicsUnavailableException if Kafka did not answer
     */
    void read(int partition, Snapshot snapshot, Visitor visitor) {
        Checksum checksum = new Checksum();
        if (snapshot.entries() > 0) {
            TopicPartition from = new TopicPartition(Topics.SNAPSHOTS, partition);
            consumer.assign(List.of(from));
            consumer.seek(from, snapshot.first());
            read(from, snapshot, checksum, visitor);
        }
        if (checksum.entries() != snapshot.entries() || checksum.value() != snapshot.checksum()) {
            throw new SnapshotDamagedException(partition);
        }
    }

    private void read(TopicPartition from, Snapshot snapshot, Checksum checksum, Visitor visitor) {
        long position = snapshot.first();
        long progressed = System.nanoTime();
        while (position <= snapshot.last()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(from)) {
                if (record.offset() <= snapshot.last() && SnapshotKey.isOf(snapshot.id(), record.key())) {
                    byte[] key = SnapshotKey.entry(record.key());
                    checksum.add(key, record.value());
                    visitor.visit(key, record.value());
                }
            }
            long next = consumer.position(from);
            if (next > position) {
                position = next;
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > SILENCE_MAX.toNanos()) {
                throw new TopicsUnavailableException(
                        "Kafka sent no record of " + from + " from offset " + position + " within " + SILENCE_MAX,
                        null);
            }
        }
    }
}
