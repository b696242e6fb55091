package dev.tally.streams;

import dev.tally.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The end offsets of the log. */
final class EventLogEnds {
    private EventLogEnds() {}

    /** By partition, the offset of the next record. */
    static List<Long> of(RealBroker broker) throws Exception {
        List<TopicPartition> partitions = IntStream.range(0, RealBroker.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var ends = admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            return partitions.stream()
                    .map(partition -> ends.get(partition).offset())
                    .toList();
        }
    }
}
