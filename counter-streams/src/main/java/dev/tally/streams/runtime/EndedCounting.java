package dev.tally.streams.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Where the counting of an application has ended that no instance runs any more. Blocks, in bounded time. Thread-safe. */
public final class EndedCounting {
    /** No event was written to the feeds. */
    private static final long NOTHING = -1;

    private final Map<String, Object> admin;
    private final int partitions;

    /** @param admin the properties of an admin client */
    public EndedCounting(Map<String, Object> admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
    }

    /**
     * By partition, the last offset that the application has counted and written to the feeds, which is one transaction; -1 for
     * none, and if the log ends before it. Null while the group of the application has a member.
     *
     * @throws dev.tally.schemas.topic.TopicsUnavailableException if Kafka did not answer in time
     */
    public @Nullable List<Long> lastOffsets(String applicationId) {
        Admin client = Admin.create(admin);
        try {
            return hasMembers(client, applicationId) ? null : lastOffsets(client, applicationId);
        } finally {
            client.close(Duration.ZERO);
        }
    }

    private static boolean hasMembers(Admin client, String group) {
        try {
            return KafkaAnswers.await(client.describeConsumerGroups(
                                    List.of(group),
                                    new DescribeConsumerGroupsOptions().timeoutMs(KafkaAnswers.TIMEOUT_MILLIS))
                            .all())
                    .values()
                    .stream()
                    .anyMatch(described -> !described.members().isEmpty());
        } catch (GroupIdNotFoundException e) {
            return false;
        }
    }

    private List<Long> lastOffsets(Admin client, String group) {
        Map<TopicPartition, OffsetAndMetadata> committed = KafkaAnswers.await(client.listConsumerGroupOffsets(
                        Map.of(
                                group,
                                new ListConsumerGroupOffsetsSpec().topicPartitions(EventPartitions.of(partitions))),
                        new ListConsumerGroupOffsetsOptions()
                                .requireStable(true) // the last transaction is over
                                .timeoutMs(KafkaAnswers.TIMEOUT_MILLIS))
                .partitionsToOffsetAndMetadata(group));
        Map<TopicPartition, ListOffsetsResultInfo> ends = KafkaAnswers.await(client.listOffsets(
                        EventPartitions.offsets(partitions, OffsetSpec.latest()),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(KafkaAnswers.TIMEOUT_MILLIS))
                .all());
        List<Long> last = new ArrayList<>();
        for (TopicPartition partition : EventPartitions.of(partitions)) {
            OffsetAndMetadata next = committed.get(partition);
            ListOffsetsResultInfo end = ends.get(partition);
            last.add(next != null && end != null && next.offset() <= end.offset() ? next.offset() - 1 : NOTHING);
        }
        return last;
    }
}
