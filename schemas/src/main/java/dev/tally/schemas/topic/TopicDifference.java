package dev.tally.schemas.topic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Compares an existing topic with its definition. Three differences matter: the partition count, because placement depends
 * on it; the cleanup policy, because a compacted log loses events and an uncompacted feed is not a table; and for events the
 * timestamp type, because stream time depends on it. The operator may change retention and all other configs.
 */
final class TopicDifference {
    private TopicDifference() {}

    /** One sentence, or null if nothing that matters differs. */
    static @Nullable String sentence(
            TopicDefinition definition, int partitions, Function<String, String> actualConfig) {
        List<String> differences = new ArrayList<>();
        if (partitions != definition.partitions()) {
            differences.add((partitions == 1 ? "1 partition" : partitions + " partitions") + " (expected: "
                    + definition.partitions() + ")");
        }
        compare(TopicConfig.CLEANUP_POLICY_CONFIG, definition, actualConfig, differences);
        if (definition.configs().containsKey(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)) {
            compare(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, definition, actualConfig, differences);
        }
        return differences.isEmpty()
                ? null
                : "Topic " + definition.name() + " has " + String.join(" and ", differences) + ".";
    }

    private static void compare(
            String name, TopicDefinition definition, Function<String, String> actual, List<String> differences) {
        String expected = definition.configs().getOrDefault(name, "");
        String found = actual.apply(name);
        if (!asSet(found).equals(asSet(expected))) {
            differences.add(name + " " + (found.isEmpty() ? "unknown" : found) + " (expected: " + expected + ")");
        }
    }

    /** A cleanup policy may be a list, in any order. */
    private static Set<String> asSet(String list) {
        return new TreeSet<>(Arrays.asList(list.replace(" ", "").split(",", -1)));
    }
}
