package dev.tally.benchmarks.counting;

import dev.tally.schemas.wire.TotalDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The latest total of every counter in a feed of totals, from committed transactions only. */
final class FeedTotals {
    private static final Duration POLL = Duration.ofMillis(500);

    private FeedTotals() {}

    /** Reads a feed to its end, which must no longer move. */
    static Map<String, Long> read(String bootstrapServers, String topic) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        Map<String, Long> totals = new TreeMap<>();
        TotalDecoder decoder = TotalDecoder.released();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> {
                    if (!decoder.decode(record.value())) {
                        throw new IllegalStateException(decoder.problem());
                    }
                    totals.put(new String(record.key(), StandardCharsets.UTF_8), decoder.total());
                });
            }
        }
        return totals;
    }
}
