package dev.tally.streams.snapshot;

import static dev.tally.streams.runtime.KafkaAnswers.TIMEOUT_MILLIS;

import dev.tally.schemas.topic.ExistingTopic;
import dev.tally.schemas.topic.Topics;
import dev.tally.streams.runtime.KafkaAnswers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Asks Kafka what it still has of the log and of the snapshots. Blocks, in bounded time. */
final class LogBounds {
    private final Admin admin;
    private final int partitions;

    LogBounds(Admin admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
    }

    /** By partition, the offset of the first event that is not deleted. */
    long[] eventBegins() {
        return offsets(Topics.EVENTS, OffsetSpec.earliest());
    }

    /** Whether the settings of {@code tally.events} delete events some time. */
    boolean isRetentionFinite() {
        ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS);
        Config config = KafkaAnswers.await(
                        admin.describeConfigs(List.of(events), new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS))
                                .all())
                .get(events);
        return config != null
                && Stream.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)
                        .map(name -> ExistingTopic.config(config, name))
                        .anyMatch(limit -> !limit.isEmpty() && !limit.equals("-1"));
    }

    /**
     * By partition, the newest complete snapshot whose records Kafka still has.
     *
     * @param notes gives those of {@code tally.generations}; those of a deletion that Kafka has made must be among them
     */
    Map<Integer, Snapshot> snapshots(Supplier<Map<String, String>> notes) {
        if (!exists(Topics.SNAPSHOTS)) {
            return new HashMap<>();
        }
        // A writer posts the note of a snapshot before it deletes the earlier one: in this order none is missed.
        long[] begins = offsets(Topics.SNAPSHOTS, OffsetSpec.earliest());
        Map<String, String> noted = notes.get();
        long[] ends = offsets(Topics.SNAPSHOTS, OffsetSpec.latest());
        Map<Integer, Snapshot> newest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            Snapshot snapshot = Snapshot.of(noted, partition);
            if (snapshot != null
                    && (snapshot.entries() == 0
                            || (snapshot.first() >= begins[partition] && snapshot.last() < ends[partition]))) {
                newest.put(partition, snapshot);
            }
        }
        return newest;
    }

    private boolean exists(String topic) {
        Set<String> names = KafkaAnswers.await(admin.listTopics(new ListTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .names());
        return names.contains(topic);
    }

    private long[] offsets(String topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            request.put(new TopicPartition(topic, partition), which);
        }
        long[] offsets = new long[partitions];
        KafkaAnswers.await(admin.listOffsets(request, new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                        .all())
                .forEach((partition, found) -> offsets[partition.partition()] = found.offset());
        return offsets;
    }
}
