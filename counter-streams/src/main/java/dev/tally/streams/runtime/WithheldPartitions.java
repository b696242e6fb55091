package dev.tally.streams.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of a consumer whose next record may not be counted now. Such a record is withheld together with all later
 * records of its partition: the consumer seeks back to it and pauses the partition until its wait is over. The other partitions
 * continue. A partition waits at one record for one {@link Admission}: when it is polled again, each admission decides again.
 *
 * <p>Kafka Streams also pauses partitions for its own reasons. This class therefore records whether Streams wants a withheld
 * partition to be paused. Confined to the thread that polls.
 */
final class WithheldPartitions {
    private final Map<TopicPartition, Withheld> withheld = new HashMap<>();
    private final Hold hold;

    /** @param hold called for each partition that must be paused, with the offset to resume at */
    WithheldPartitions(Hold hold) {
        this.hold = hold;
    }

    boolean isEmpty() {
        return withheld.isEmpty();
    }

    /** Called after a poll. Returns the polled records that may be counted now. */
    ConsumerRecords<byte[], byte[]> admit(ConsumerRecords<byte[], byte[]> polled, Admission admission) {
        Map<TopicPartition, Integer> admitted = new HashMap<>();
        boolean whole = true;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            int count = admission.admissible(records);
            admitted.put(partition, count);
            whole &= count == records.size();
        }
        return whole ? polled : cut(polled, admitted, admission);
    }

    private ConsumerRecords<byte[], byte[]> cut(
            ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Integer> admitted, Admission admission) {
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
                forget(partition);
                withheld.put(partition, new Withheld(admission.withhold(first)));
                hold.hold(partition, place);
            }
        });
        return new ConsumerRecords<>(records, next);
    }

    /**
     * Called before a poll. Returns the partitions to resume.
     *
     * @param paused the partitions that the consumer has paused
     */
    List<TopicPartition> release(Set<TopicPartition> paused) {
        forgetAllExcept(paused);
        List<TopicPartition> released = new ArrayList<>();
        Iterator<Map.Entry<TopicPartition, Withheld>> each = withheld.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<TopicPartition, Withheld> entry = each.next();
            Withheld record = entry.getValue();
            if (record.wait.isOver()) {
                each.remove();
                record.wait.ended();
                if (!record.pausedByStreams) {
                    released.add(entry.getKey());
                }
            }
        }
        return released;
    }

    /**
     * Called before Streams pauses partitions.
     *
     * @param paused the partitions that the consumer has paused already
     */
    void pausing(Collection<TopicPartition> partitions, Set<TopicPartition> paused) {
        forgetAllExcept(paused);
        setPausedByStreams(partitions, true);
    }

    /** Called when Streams resumes partitions. Returns those that are not withheld. */
    Collection<TopicPartition> resumed(Collection<TopicPartition> partitions) {
        if (withheld.isEmpty()) {
            return partitions;
        }
        setPausedByStreams(partitions, false);
        return partitions.stream()
                .filter(partition -> !withheld.containsKey(partition))
                .toList();
    }

    /** Called when Streams seeks: the partition does not continue at the withheld record. Streams has paused it itself. */
    void forget(TopicPartition partition) {
        Withheld record = withheld.remove(partition);
        if (record != null) {
            record.wait.ended();
        }
    }

    /**
     * A withheld partition is paused. One that is not has moved to another member, or was assigned again: it is then not paused
     * and starts at the committed offset, which may be before the withheld record.
     */
    private void forgetAllExcept(Set<TopicPartition> paused) {
        List<TopicPartition> moved = withheld.keySet().stream()
                .filter(partition -> !paused.contains(partition))
                .toList();
        moved.forEach(this::forget);
    }

    private void setPausedByStreams(Collection<TopicPartition> partitions, boolean paused) {
        for (TopicPartition partition : partitions) {
            Withheld record = withheld.get(partition);
            if (record != null) {
                record.pausedByStreams = paused;
            }
        }
    }

    /** Pauses a partition and seeks back to an offset. */
    interface Hold {
        void hold(TopicPartition partition, OffsetAndMetadata place);
    }

    private static final class Withheld {
        private final Admission.Wait wait;
        /** Whether Streams also wants the partition paused. Initially false: Streams did not pause it when it was polled. */
        private boolean pausedByStreams;

        Withheld(Admission.Wait wait) {
            this.wait = wait;
        }
    }
}
