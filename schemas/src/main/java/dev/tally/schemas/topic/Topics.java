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
    /** The log: the truth that everything else is made from. */
    public static final String EVENTS = "tally.events";
    /** The public feed of totals. */
    public static final String TOTALS = "tally.totals";
    /** What counting refused, with the reason in headers. */
    public static final String REJECTED = "tally.events.rejected";

    /** Leaves the replication factor, and how many replicas must be in sync, to the cluster's own defaults. */
    public static final int REPLICATION_OF_THE_CLUSTER = -1;

    /** The largest batch of events, in bytes: Kafka's own default, written down so that no broker's setting changes it. */
    static final int EVENTS_BATCH_BYTES_MAX = 1_048_588;

    /**
     * The largest batch of rejected events. Counting repeats an event's bytes here and adds headers, uncompressed; a
     * foreign producer's compressed batch holds records far larger than the batch itself. Eight times leaves them room.
     */
    static final int REJECTED_BATCH_BYTES_MAX = 8 * EVENTS_BATCH_BYTES_MAX;

    private static final String FOR_EVER = "-1";

    /** Counting writes with stream time; a broker whose clock was set back must not refuse them and stop it. */
    private static final String NO_CLOCK_CHECK = String.valueOf(Long.MAX_VALUE);

    /**
     * @param partitions of each topic
     * @param replicationFactor of each topic; from 3 on an acknowledged write is on two replicas at least;
     *     {@link #REPLICATION_OF_THE_CLUSTER} leaves both to the cluster
     * @throws IllegalArgumentException if either is out of its range
     */
    public static Topics of(int partitions, int replicationFactor) {
        Map<String, String> durable = new HashMap<>();
        // A replica that was not in sync lacks acknowledged events; it must never lead.
        durable.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        if (replicationFactor != REPLICATION_OF_THE_CLUSTER) {
            // With three replicas one may be away and an acknowledged event is still on two disks. With two, asking for
            // both would stop all writes when one restarts.
            durable.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicationFactor >= 3 ? "2" : "1");
        }
        return new Topics(
                new TopicDefinition(EVENTS, partitions, replicationFactor, with(durable, eventsConfigs())),
                new TopicDefinition(TOTALS, partitions, replicationFactor, with(durable, totalsConfigs())),
                new TopicDefinition(REJECTED, partitions, replicationFactor, with(durable, rejectedConfigs())));
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
                // Stream time is the time of append: a producer's own clock must not move deduplication or expiry.
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
                // The trace of a refusal is kept as long as the event it speaks of.
                TopicConfig.RETENTION_MS_CONFIG, FOR_EVER,
                TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER,
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, NO_CLOCK_CHECK,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(REJECTED_BATCH_BYTES_MAX));
    }

    private static Map<String, String> with(Map<String, String> common, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(common);
        all.putAll(own);
        return all;
    }
}
