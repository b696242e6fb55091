package dev.tally.streams.runtime;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Queries the end offsets of the log and the committed offsets of counting, for reads that wait. Results are by partition. No
 * method blocks; a request that Kafka does not answer fails in bounded time. Thread-safe.
 */
final class Offsets {
    private static final int ASK_TIMEOUT_MILLIS = 5_000;

    private final CoalescedRequest<long[]> ends;
    private final CoalescedRequest<long[]> readable;
    private final CoalescedRequest<long[]> committed;

    Offsets(Admin admin, String group, int partitions) {
        Map<TopicPartition, OffsetSpec> latest = EventPartitions.offsets(partitions, OffsetSpec.latest());
        // Uncommitted records included: an event is in the log, and its receipt is valid, before its transaction ends.
        ends = ends(admin, latest, IsolationLevel.READ_UNCOMMITTED);
        readable = ends(admin, latest, IsolationLevel.READ_COMMITTED);
        committed = new CoalescedRequest<>(() -> {
            ListConsumerGroupOffsetsSpec events = new ListConsumerGroupOffsetsSpec().topicPartitions(latest.keySet());
            ListConsumerGroupOffsetsOptions options =
                    new ListConsumerGroupOffsetsOptions().timeoutMs(ASK_TIMEOUT_MILLIS);
            return admin.listConsumerGroupOffsets(Map.of(group, events), options)
                    .partitionsToOffsetAndMetadata(group)
                    .toCompletionStage()
                    .thenApply(answer -> {
                        long[] offsets = new long[partitions];
                        answer.forEach((partition, offset) ->
                                offsets[partition.partition()] = offset == null ? 0 : offset.offset());
                        return offsets;
                    });
        });
    }

    private static CoalescedRequest<long[]> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation) {
        return new CoalescedRequest<>(() -> {
            ListOffsetsOptions options = new ListOffsetsOptions(isolation).timeoutMs(ASK_TIMEOUT_MILLIS);
            return admin.listOffsets(latest, options).all().toCompletionStage().thenApply(answer -> {
                long[] offsets = new long[latest.size()];
                answer.forEach((partition, end) -> offsets[partition.partition()] = end.offset());
                return offsets;
            });
        });
    }

    /** The offset before which all records of each partition can be read by counting. */
    CompletionStage<long[]> readable() {
        return readable.send();
    }

    /** The offset that the next record of each partition will get. */
    CompletionStage<long[]> ends() {
        return ends.send();
    }

    /** The committed offset of each partition, exclusive. */
    CompletionStage<long[]> committed() {
        return committed.send();
    }
}
