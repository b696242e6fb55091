package dev.tally.standalone.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The end of a topic at one moment, for consumers of committed records.
 *
 * @param partitions the number of partitions of the topic
 * @param unread the offset after the last one, for each partition that has any
 */
record EndOfTopic(int partitions, Map<Integer, Long> unread) {

    /** @throws CommandFailedException if Kafka does not respond or the topic does not exist */
    static EndOfTopic of(String topic, Map<String, Object> adminProperties) throws InterruptedException {
        try (Admin admin = Admin.create(adminProperties)) {
            Map<String, TopicDescription> described =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            int partitions = described.values().iterator().next().partitions().size();
            Map<TopicPartition, Long> starts = offsets(admin, topic, partitions, OffsetSpec.earliest());
            Map<Integer, Long> unread = new TreeMap<>();
            offsets(admin, topic, partitions, OffsetSpec.latest()).forEach((partition, end) -> {
                if (starts.getOrDefault(partition, 0L) < end) {
                    unread.put(partition.partition(), end);
                }
            });
            return new EndOfTopic(partitions, unread);
        } catch (ExecutionException e) {
            throw failure(topic, String.valueOf(adminProperties.get("bootstrap.servers")), e);
        }
    }

    /** The same for one partition. */
    EndOfTopic only(int partition) {
        Long end = unread.get(partition);
        return new EndOfTopic(partitions, end == null ? Map.of() : Map.of(partition, end));
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String topic, int partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topic, partition), spec);
        }
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(
                        asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static CommandFailedException failure(String topic, String servers, ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new CommandFailedException(
                    ExitCode.FAILED, "Topic " + topic + " does not exist yet: it is created when Tally starts");
        }
        if (cause instanceof TimeoutException) {
            return new CommandFailedException(
                    ExitCode.FAILED,
                    "Cannot reach Kafka at " + servers + ": is Tally running? Start it with scripts/tally up");
        }
        return new CommandFailedException(ExitCode.FAILED, "Kafka at " + servers + " refused: " + failure.getMessage());
    }
}
