package dev.tally.streams.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Results of polls. */
final class Polled {
    private Polled() {}

    /** The offset of the first record of each partition is 100. */
    static ConsumerRecords<byte[], byte[]> of(Map<TopicPartition, List<byte[]>> values) {
        return from(100, values);
    }

    static ConsumerRecords<byte[], byte[]> from(long firstOffset, Map<TopicPartition, List<byte[]>> values) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        values.forEach((partition, all) -> {
            List<ConsumerRecord<byte[], byte[]>> of = new ArrayList<>();
            for (byte[] value : all) {
                of.add(new ConsumerRecord<>(
                        partition.topic(), partition.partition(), firstOffset + of.size(), new byte[0], value));
            }
            records.put(partition, of);
            next.put(partition, new OffsetAndMetadata(firstOffset + of.size()));
        });
        return new ConsumerRecords<>(records, next);
    }
}
