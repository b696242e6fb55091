package dev.tally.streams.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Compares the settings of the changelog topic with the required ones. {@code cleanup.policy} must be {@code compact} only, since
 * deleted records would be missing from a restored state. The brokers must set the timestamps, and the compaction lag must be at
 * least one hour: an instance that restores determines from the records how far behind it is. A longer lag is also valid.
 */
final class ChangelogPolicy {
    private static final long COMPACTION_LAG_MIN_MILLIS = 3_600_000;
    private static final int REPLICAS_ENOUGH = 3;

    private final String topic;
    private final Function<String, String> actual;

    /** @param actual the value of a setting of the topic; empty if Kafka does not report it */
    ChangelogPolicy(String topic, Function<String, String> actual) {
        this.topic = topic;
        this.actual = actual;
    }

    /** One sentence with the command that corrects the settings; null if all required settings match. */
    @Nullable
    String difference() {
        List<String> differences = new ArrayList<>();
        List<String> mend = new ArrayList<>();
        String cleanup = actual.apply(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (!cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            add(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup, "", TopicConfig.CLEANUP_POLICY_COMPACT, differences, mend);
        }
        String timestamps = actual.apply(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (!timestamps.equals("LogAppendTime")) {
            add(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps, "", "LogAppendTime", differences, mend);
        }
        String lag = actual.apply(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
        if (lag.isEmpty() || Long.parseLong(lag) < COMPACTION_LAG_MIN_MILLIS) {
            String least = String.valueOf(COMPACTION_LAG_MIN_MILLIS);
            add(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, lag, "at least ", least, differences, mend);
        }
        return differences.isEmpty()
                ? null
                : "Topic " + topic + " has " + String.join(" and ", differences)
                        + ", so a state may not be restored from it: set it with scripts/tally kafka configs --alter"
                        + " --entity-type topics --entity-name " + topic + " --add-config " + String.join(",", mend);
    }

    private static void add(
            String name, String found, String least, String expected, List<String> differences, List<String> mend) {
        differences.add(name + " " + (found.isEmpty() ? "unknown" : found) + " (expected: " + least + expected + ")");
        mend.add(name + "=" + expected);
    }

    /**
     * One sentence if the topic could be more durable with its number of replicas; otherwise null.
     *
     * @param replicas the lowest number of replicas of any partition
     */
    @Nullable
    String warning(int replicas) {
        return replicas >= REPLICAS_ENOUGH
                        && actual.apply(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).equals("1")
                ? topic + " has min.insync.replicas=1 and " + replicas
                        + " replicas: a committed state may be on one disk only. Set min.insync.replicas to 2:"
                        + " see \"Replication\" in docs/operations.md"
                : null;
    }
}
