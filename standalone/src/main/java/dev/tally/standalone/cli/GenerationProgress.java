package dev.tally.standalone.cli;

import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a generation has counted the log.
 *
 * @param counted the number of offsets that it has committed
 * @param events the number of offsets of the log
 */
record GenerationProgress(long counted, long events) {

    private static final int PERCENT = 100;

    static GenerationProgress of(Admin admin, String generation) throws InterruptedException, ExecutionException {
        TopicDescription topic = admin.describeTopics(List.of(Topics.EVENTS))
                .allTopicNames()
                .get()
                .get(Topics.EVENTS);
        Collection<TopicPartition> partitions = topic == null
                ? List.of()
                : topic.partitions().stream()
                        .map(partition -> new TopicPartition(Topics.EVENTS, partition.partition()))
                        .toList();
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, partitions, OffsetSpec.earliest());
        String group = Generations.applicationId(generation);
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                .partitionsToOffsetAndMetadata(group)
                .get());
        long counted = 0;
        long events = 0;
        for (TopicPartition partition : partitions) {
            ListOffsetsResultInfo begin = begins.get(partition);
            ListOffsetsResultInfo end = ends.get(partition);
            OffsetAndMetadata offset = committed.get(partition);
            if (begin != null && end != null) {
                counted += offset == null ? 0 : Math.max(0, offset.offset() - begin.offset());
                events += end.offset() - begin.offset();
            }
        }
        return new GenerationProgress(counted, events);
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException, ExecutionException {
        return admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
    }

    /** As {@code 75 % of 2,000,000 events}. */
    String text() {
        long percent = events == 0 ? PERCENT : counted * PERCENT / events;
        return String.format(Locale.ROOT, "%d %% of %,d events", percent, events);
    }
}
