package dev.tally.schemas.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * The durability of an acknowledged event.
 *
 * @param brokers the number of brokers available now
 * @param replicas the number of replicas of a partition of {@code tally.events}, of the partition with the fewest
 * @param minInSync the minimum number of in-sync replicas that have an event when it is acknowledged
 */
public record Replication(int brokers, int replicas, int minInSync) {
    private static final int BROKERS_ENOUGH = 3;

    /**
     * Reads the current replication. The topic must exist. Blocks.
     *
     * @throws TopicsUnavailableException if Kafka did not answer in time or rejected the request
     */
    public static Replication ofEvents(Admin admin, Duration timeout) {
        int millis = (int) timeout.toMillis();
        ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS);
        try {
            int brokers = admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                    .nodes()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .size();
            TopicDescription topic = admin.describeTopics(
                            List.of(Topics.EVENTS), new DescribeTopicsOptions().timeoutMs(millis))
                    .allTopicNames()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .get(Topics.EVENTS);
            Map<ConfigResource, Config> configs = admin.describeConfigs(
                            List.of(events), new DescribeConfigsOptions().timeoutMs(millis))
                    .all()
                    .get(millis, TimeUnit.MILLISECONDS);
            return new Replication(
                    brokers, topic == null ? 0 : ExistingTopic.replicas(topic), minInSync(configs.get(events)));
        } catch (ExecutionException | TimeoutException e) {
            throw new TopicsUnavailableException("The replication of " + Topics.EVENTS + " could not be looked up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicsUnavailableException("The replication of " + Topics.EVENTS + " was not looked up", e);
        }
    }

    private static int minInSync(@Nullable Config config) {
        String value = config == null ? "" : ExistingTopic.config(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    /** One sentence if the cluster could store acknowledged events more durably than it does; null if not, or if unknown. */
    public @Nullable String warning() {
        if (brokers < BROKERS_ENOUGH || minInSync != 1 || replicas == 0) {
            return null;
        }
        String is = Topics.EVENTS + " has min.insync.replicas=1 and " + replicas
                + (replicas == 1 ? " replica" : " replicas") + " on a cluster of " + brokers
                + " brokers: an acknowledged event may be on one disk only. ";
        return is
                + (replicas < BROKERS_ENOUGH
                        ? "Give it three replicas, then set min.insync.replicas to 2: see \"Replication\" in docs/operations.md"
                        : "Set min.insync.replicas to 2: see \"Replication\" in docs/operations.md");
    }
}
