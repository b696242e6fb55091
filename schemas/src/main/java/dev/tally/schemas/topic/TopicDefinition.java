package dev.tally.schemas.topic;

import dev.tally.schemas.name.Placement;
import java.util.Map;

/**
 * The required configuration of a topic.
 *
 * @param configs topic configs that are set explicitly instead of by the broker's defaults
 */
public record TopicDefinition(String name, int partitions, int replicationFactor, Map<String, String> configs) {
    public TopicDefinition {
        if (partitions < 1 || partitions > Placement.PARTITIONS_MAX) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: 1 to "
                    + Placement.PARTITIONS_MAX + ", the maximum for which a receipt has room)");
        }
        boolean counted = replicationFactor >= 1 && replicationFactor <= Short.MAX_VALUE;
        if (!counted && replicationFactor != Topics.REPLICATION_OF_THE_CLUSTER) {
            throw new IllegalArgumentException("replication factor: " + replicationFactor + " (expected: 1 to "
                    + Short.MAX_VALUE + ", or " + Topics.REPLICATION_OF_THE_CLUSTER + " for the cluster's own)");
        }
        configs = Map.copyOf(configs);
    }
}
