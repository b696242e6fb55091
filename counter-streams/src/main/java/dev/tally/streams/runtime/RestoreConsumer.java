package dev.tally.streams.runtime;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer that Kafka Streams restores state with, and updates standby tasks with. Its polls have a {@link PollLimit}. */
final class RestoreConsumer extends KafkaConsumer<byte[], byte[]> {
    private final PollLimit limit;

    RestoreConsumer(Map<String, Object> config, PollLimit limit) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.limit = limit;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return super.poll(limit.of(timeout));
    }
}
