package dev.tally.streams.snapshot;

import dev.tally.streams.generation.BoardClients;
import java.time.Duration;
import java.util.Map;

/**
 * What the writing and the reading of snapshots need to know.
 *
 * @param interval the time from one snapshot of a partition to the next; zero for none
 * @param partitions the number of partitions of the topics
 * @param replicationFactor that of {@code tally.snapshots} when it is created
 * @param admin the properties of an admin client
 * @param streams the properties of Kafka Streams, for the settings of its changelog
 * @param clients the properties of the other clients
 */
public record SnapshotSettings(
        Duration interval,
        int partitions,
        int replicationFactor,
        Map<String, Object> admin,
        Map<String, Object> streams,
        BoardClients clients) {}
