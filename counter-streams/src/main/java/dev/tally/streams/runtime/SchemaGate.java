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
 * Passes on to counting what can be decided now: events whose schema is known, and those of which it is known that they
 * have none. The first event of a partition that must wait for the registry is withheld, with all that follow it: the
 * consumer goes back to it and pauses the partition, until the registry has answered. The other partitions go on.
 *
 * <p>Kafka Streams pauses partitions for reasons of its own, so the gate keeps in mind what it wanted of those that are
 * withheld. Confined to the thread that polls.
 */
final class SchemaGate {
    private static final long NONE = Long.MIN_VALUE;

    private final IntFunction<SchemaAnswer> schemas;
    private final Stalls stalls;
    private final Map<TopicPartition, Withheld> withheld = new HashMap<>();
    private long lastCertain = NONE;

    /** @param schemas what is known of an id now; waits for nothing */
    SchemaGate(IntFunction<SchemaAnswer> schemas, Stalls stalls) {
        this.schemas = schemas;
        this.stalls = stalls;
    }

    /**
     * Before a poll: the partitions that need not be paused any more.
     *
     * @param paused those that the consumer has paused
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
                // It went to another member; or it came back, and begins where the group has committed.
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
     * After a poll: what of it may be counted now.
     *
     * @param hold told of each partition that is to be paused, and of where to go on
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

    /** Streams wants these paused. */
    void paused(Collection<TopicPartition> partitions) {
        mark(partitions, true);
    }

    /** Streams wants these no longer paused; returns those of them that need not be. */
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

    /** How many records, from the first on, can be decided now. */
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
        boolean certain = schemas.apply(schemaId) instanceof SchemaAnswer.Certain;
        if (certain) {
            lastCertain = schemaId;
        }
        return certain;
    }

    /** Pauses a partition and goes back to a place. */
    interface Hold {
        void hold(TopicPartition partition, OffsetAndMetadata place);
    }

    private static final class Withheld {
        private final long offset;
        private final int schemaId;
        /** Whether Streams would have it paused as well; it did not when it polled the partition. */
        private boolean pausedByStreams;

        Withheld(long offset, int schemaId) {
            this.offset = offset;
            this.schemaId = schemaId;
        }
    }
}
