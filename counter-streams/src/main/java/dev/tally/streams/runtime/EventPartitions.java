package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The partitions of {@code tally.events}. */
final class EventPartitions {
    private EventPartitions() {}

    /** All of them, in order. */
    static List<TopicPartition> of(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                .toList();
    }

    /** A request for one offset of each of them. */
    static Map<TopicPartition, OffsetSpec> offsets(int partitions, OffsetSpec spec) {
        return of(partitions).stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
    }
}
