package dev.tally.schemas.topic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The three topics of Tally. All have the same key and the same number of partitions, so that a counter is in the same
 * partition of each.
 */
public record Topics(TopicDefinition events, TopicDefinition totals, TopicDefinition rejected) {
    /** The event log: the source of truth from which everything else is derived. */
    public static final String EVENTS = "tally.events";
    /** The public feed of totals. */
    public static final String TOTALS = "tally.totals";
    /** The dead-letter topic: events that counting rejected, with the reason in headers. */
    public static final String REJECTED = "tally.events.rejected";

    /** Which generation of the counting is live, and the change in progress. One partition, compacted. */
    public static final String GENERATIONS = "tally.generations";

    /** Snapshots of the state, from which a rebuild starts where the beginning of the log is deleted. */
    public static final String SNAPSHOTS = "tally.snapshots";

    /** Leaves the replication factor and {@code min.insync.replicas} to the cluster's defaults. */
    public static final int REPLICATION_OF_THE_CLUSTER = -1;

    /** Maximum size of a batch of events, in bytes. Kafka's default, set explicitly so that no broker config changes it. */
    static final int EVENTS_BATCH_BYTES_MAX = 1_048_588;

    /**
     * Maximum size of a batch of rejected events, in bytes. Counting writes an event's bytes and additional headers here,
     * uncompressed. A compressed batch of a foreign producer can hold records far larger than the batch; a factor of 8 leaves
     * room for them.
     */
    static final int REJECTED_BATCH_BYTES_MAX = 8 * EVENTS_BATCH_BYTES_MAX;

    /** Deleted snapshots free their space by whole segments. */
    private static final String SNAPSHOTS_SEGMENT_BYTES = String.valueOf(64 << 20);

    private static final String FOR_EVER = "-1";

    /** Counting writes with stream time. A broker whose clock was set back must not reject these records and stop counting. */
    private static final String NO_CLOCK_CHECK = String.valueOf(Long.MAX_VALUE);

    /**
     * @param partitions the partition count of each topic
     * @param replicationFactor the replication factor of each topic. With 3 or more, an acknowledged write is on at least two
     *     replicas; {@link #REPLICATION_OF_THE_CLUSTER} leaves both to the cluster
     * @throws IllegalArgumentException if either is out of range
     */
    public static Topics of(int partitions, int replicationFactor) {
        Map<String, String> durable = durable(replicationFactor);
        return new Topics(
                new TopicDefinition(EVENTS, partitions, replicationFactor, with(durable, eventsConfigs())),
                new TopicDefinition(TOTALS, partitions, replicationFactor, with(durable, totalsConfigs())),
                new TopicDefinition(REJECTED, partitions, replicationFactor, with(durable, rejectedConfigs())));
    }

    /**
     * The topic of the generations.
     *
     * @param replicationFactor as for {@link #of}
     */
    public static TopicDefinition generations(int replicationFactor) {
        return new TopicDefinition(
                GENERATIONS,
                1,
                replicationFactor,
                with(
                        durable(replicationFactor),
                        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    }

    /**
     * The topic of the snapshots. A snapshot is deleted only when a later one is complete.
     *
     * @param partitions the partition count of {@link #EVENTS}
     * @param replicationFactor as for {@link #of}
     */
    public static TopicDefinition snapshots(int partitions, int replicationFactor) {
        return new TopicDefinition(
                SNAPSHOTS, partitions, replicationFactor, with(durable(replicationFactor), snapshotsConfigs()));
    }

    private static Map<String, String> durable(int replicationFactor) {
        Map<String, String> durable = new HashMap<>();
        // An out-of-sync replica lacks acknowledged events, so it must never become leader.
        durable.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        if (replicationFactor != REPLICATION_OF_THE_CLUSTER) {
            // With three replicas, one may be down and an acknowledged event is still on two. With two replicas,
            // requiring
            // both would stop all writes while one restarts.
            durable.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicationFactor >= 3 ? "2" : "1");
        }
        return durable;
    }

    public List<TopicDefinition> all() {
        return List.of(events, totals, rejected);
    }

    private static Map<String, String> eventsConfigs() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                FOR_EVER,
                TopicConfig.RETENTION_BYTES_CONFIG,
                FOR_EVER,
                // Stream time is log-append time: a producer's clock must not affect deduplication or expiry.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(EVENTS_BATCH_BYTES_MAX));
    }

    private static Map<String, String> totalsConfigs() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                NO_CLOCK_CHECK);
    }

    private static Map<String, String> rejectedConfigs() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                // A dead-letter record is retained as long as the event that it refers to.
                TopicConfig.RETENTION_MS_CONFIG, FOR_EVER,
                TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER,
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, NO_CLOCK_CHECK,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(REJECTED_BATCH_BYTES_MAX));
    }

    private static Map<String, String> snapshotsConfigs() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, FOR_EVER,
                TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER,
                TopicConfig.SEGMENT_BYTES_CONFIG, SNAPSHOTS_SEGMENT_BYTES,
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, NO_CLOCK_CHECK);
    }

    private static Map<String, String> with(Map<String, String> common, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(common);
        all.putAll(own);
        return all;
    }
}
