package dev.tally.streams.runtime;

import dev.tally.streams.topology.EventRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/** Combines the polled records of a partition into a few records, see {@link EventRun}. */
final class EventRuns {
    /** Bounds the time between two checks for a due commit: Streams checks only between two of its records. */
    static final int EVENTS_MAX = 500;

    private EventRuns() {}

    static ConsumerRecords<byte[], byte[]> of(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty()) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> runs = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            runs.put(partition, carriers(polled.records(partition)));
        }
        return new ConsumerRecords<>(runs, polled.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> carriers(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> carriers = new ArrayList<>(records.size() / EVENTS_MAX + 1);
        for (int from = 0; from < records.size(); from += EVENTS_MAX) {
            carriers.add(carrier(records.subList(from, Math.min(from + EVENTS_MAX, records.size()))));
        }
        return carriers;
    }

    private static ConsumerRecord<byte[], byte[]> carrier(List<ConsumerRecord<byte[], byte[]>> records) {
        EventRun run = new EventRun(records.size());
        int keyBytes = 0;
        int valueBytes = 0;
        for (ConsumerRecord<byte[], byte[]> event : records) {
            run.add(event.offset(), event.timestamp(), event.key(), event.value(), event.headers());
            keyBytes += Math.max(0, event.serializedKeySize());
            valueBytes += Math.max(0, event.serializedValueSize());
        }
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                run.timestampMin(), // Streams rejects a negative timestamp
                TimestampType.LOG_APPEND_TIME,
                keyBytes,
                valueBytes,
                null,
                null,
                run.carrier(),
                first.leaderEpoch());
    }
}
