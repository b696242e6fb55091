package dev.tally.schemas.topic;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/** What Kafka returns about a topic that exists. */
public final class ExistingTopic {
    private ExistingTopic() {}

    /** The value of one topic config; empty if the broker does not return it. */
    public static String config(Config configs, String name) {
        ConfigEntry entry = configs.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    /** The number of replicas of the partition with the fewest. */
    public static int replicas(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }
}
