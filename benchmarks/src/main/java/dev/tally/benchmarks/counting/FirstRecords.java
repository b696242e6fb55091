package dev.tally.benchmarks.counting;

import dev.tally.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records the moment at which a consumer of this process returns the first events. Kafka creates the interceptors, so
 * there is one moment for the whole process, which counts once. Costs one check per poll.
 */
public final class FirstRecords implements ConsumerInterceptor<byte[], byte[]> {
    private static final CompletableFuture<Moment> FIRST = new CompletableFuture<>();

    /** Completed on the consumer's thread. */
    static CompletableFuture<Moment> seen() {
        return FIRST;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (!FIRST.isDone()
                && records.partitions().stream()
                        .anyMatch(partition -> partition.topic().equals(Topics.EVENTS))) {
            FIRST.complete(Moment.now());
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
