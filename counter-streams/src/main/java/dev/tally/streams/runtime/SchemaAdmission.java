package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaAnswer;
import dev.tally.schemas.wire.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Admits the events that counting can decide: those whose schema is known, and those that are known to have no schema. If an
 * event must wait for the registry, it is withheld together with all later events of its partition: the consumer seeks back to it
 * and pauses the partition until the registry has answered. The other partitions continue.
 *
 * <p>Kafka Streams also pauses partitions for its own reasons. This class therefore records whether Streams wants a withheld
 * partition to be paused. Confined to the thread that polls.
 */
final class SchemaAdmission {
    private static final long NONE = Long.MIN_VALUE;

    private final IntFunction<SchemaAnswer> schemas;
    private final StalledPartitions stalls;
    private final Map<TopicPartition, Withheld> withheld = new HashMap<>();
    private long lastCertain = NONE;

    /** @param schemas what is currently known about a schema ID; must not wait */
    SchemaAdmission(IntFunction<SchemaAnswer> schemas, StalledPartitions stalls) {
        this.schemas = schemas;
        this.stalls = stalls;
    }

    /**
     * Called before a poll. Returns the partitions to resume.
     *
     * @param paused the partitions that the consumer has paused
     */
    List<TopicPartition> release(Set<TopicPartition> paused) {
        if (withheld.isEmpty()) {
            return List.of();
        }
        List<TopicPartition> released = new ArrayList<>();
        Iterator<Map.Entry<TopicPartition, Withheld>> each = withheld.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<TopicPartition, Withheld> entry = each.next();
            TopicPartition partition = entry.getKey();
            Withheld wait = entry.getValue();
            if (!paused.contains(partition)) {
                // The partition moved to another member, or was assigned again and starts at the committed offset.
                each.remove();
                stalls.over(partition.partition());
            } else if (isCertain(wait.schemaId)) {
                each.remove();
                stalls.over(partition.partition());
                if (!wait.pausedByStreams) {
                    released.add(partition);
                }
            } else {
                stalls.waits(partition.partition(), wait.offset, wait.schemaId);
            }
        }
        return released;
    }

    /**
     * Called after a poll. Returns the polled records that may be counted now.
     *
     * @param hold called for each partition that must be paused, with the offset to resume at
     */
    ConsumerRecords<byte[], byte[]> admit(ConsumerRecords<byte[], byte[]> polled, Hold hold) {
        Map<TopicPartition, Integer> admitted = new HashMap<>();
        boolean whole = true;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            int count = decidable(records);
            admitted.put(partition, count);
            whole &= count == records.size();
        }
        return whole ? polled : withhold(polled, admitted, hold);
    }

    private ConsumerRecords<byte[], byte[]> withhold(
            ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Integer> admitted, Hold hold) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        admitted.forEach((partition, count) -> {
            List<ConsumerRecord<byte[], byte[]>> all = polled.records(partition);
            if (count > 0) {
                records.put(partition, all.subList(0, count));
            }
            if (count < all.size()) {
                ConsumerRecord<byte[], byte[]> first = all.get(count);
                OffsetAndMetadata place = new OffsetAndMetadata(first.offset(), first.leaderEpoch(), "");
                next.put(partition, place);
                int schemaId = Frame.schemaId(first.value());
                withheld.put(partition, new Withheld(first.offset(), schemaId));
                stalls.waits(partition.partition(), first.offset(), schemaId);
                hold.hold(partition, place);
            }
        });
        return new ConsumerRecords<>(records, next);
    }

    /** Called when Streams pauses partitions. */
    void paused(Collection<TopicPartition> partitions) {
        mark(partitions, true);
    }

    /** Called when Streams resumes partitions. Returns those that are not withheld. */
    Collection<TopicPartition> resumed(Collection<TopicPartition> partitions) {
        if (withheld.isEmpty()) {
            return partitions;
        }
        mark(partitions, false);
        return partitions.stream()
                .filter(partition -> !withheld.containsKey(partition))
                .toList();
    }

    private void mark(Collection<TopicPartition> partitions, boolean paused) {
        for (TopicPartition partition : partitions) {
            Withheld wait = withheld.get(partition);
            if (wait != null) {
                wait.pausedByStreams = paused;
            }
        }
    }

    /** The number of records, from the first on, that can be decided now. */
    private int decidable(List<ConsumerRecord<byte[], byte[]>> records) {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            if (Frame.isFramed(value) && !isCertain(Frame.schemaId(value))) {
                return count;
            }
            count++;
        }
        return count;
    }

    private boolean isCertain(int schemaId) {
        if (schemaId == lastCertain) {
            return true;
        }
        boolean certain = schemas.apply(schemaId) instanceof SchemaAnswer.Known;
        if (certain) {
            lastCertain = schemaId;
        }
        return certain;
    }

    /** Pauses a partition and seeks back to an offset. */
    interface Hold {
        void hold(TopicPartition partition, OffsetAndMetadata place);
    }

    private static final class Withheld {
        private final long offset;
        private final int schemaId;
        /** Whether Streams also wants the partition paused. Initially false: Streams did not pause it when it was polled. */
        private boolean pausedByStreams;

        Withheld(long offset, int schemaId) {
            this.offset = offset;
            this.schemaId = schemaId;
        }
    }
}
