package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.StreamsMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The partition ownership: which instance owns which partition of the log, as of the last rebalance of the group.
 *
 * @param byPartition {@code host:port} of the active owner; no entry while no instance owns the partition
 * @param self this instance's own {@code host:port}
 */
public record Owners(Map<Integer, String> byPartition, String self) {
    static final Owners NONE = new Owners(Map.of(), "");

    static Owners of(Collection<StreamsMetadata> members, String self) {
        Map<Integer, String> owners = new HashMap<>();
        for (StreamsMetadata member : members) {
            String endpoint = member.host() + ":" + member.port();
            member.topicPartitions().stream()
                    .filter(partition -> partition.topic().equals(Topics.EVENTS))
                    .forEach(partition -> owners.put(partition.partition(), endpoint));
        }
        return new Owners(Map.copyOf(owners), self);
    }

    /** The other instance that owns a partition; null if no other owner is known. */
    public @Nullable String other(int partition) {
        String owner = byPartition.get(partition);
        return owner == null || owner.equals(self) ? null : owner;
    }

    /** The partitions of each owner, both sorted. */
    public SortedMap<String, SortedSet<Integer>> byEndpoint() {
        SortedMap<String, SortedSet<Integer>> owners = new TreeMap<>();
        byPartition.forEach((partition, endpoint) ->
                owners.computeIfAbsent(endpoint, e -> new TreeSet<>()).add(partition));
        return owners;
    }
}
