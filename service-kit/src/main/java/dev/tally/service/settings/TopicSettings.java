package dev.tally.service.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topics, if this process creates them.
 *
 * @param partitions the number of partitions
 * @param replicationFactor the number of brokers that keep each partition; null for the default of the cluster
 */
public record TopicSettings(int partitions, @Nullable Integer replicationFactor) {
    /** A text with an offset of each partition fits in a header of 8 KiB. */
    private static final int PARTITIONS_MAX = 345;

    private static final int REPLICATION_FACTOR_MAX = 10_000;

    public static final Setting<Integer> PARTITIONS = new Setting<>(
            "TALLY_EVENTS_PARTITIONS",
            null,
            SettingTypes.integer(1, PARTITIONS_MAX),
            "12",
            "The number of partitions of topics that Tally creates; 4 in standalone.");

    public static final Setting<Integer> REPLICATION_FACTOR = new Setting<>(
            "TALLY_REPLICATION_FACTOR",
            null,
            SettingTypes.integer(1, REPLICATION_FACTOR_MAX),
            null,
            "The replication factor of topics that Tally creates; the cluster's default unless set.");

    /** The settings of the topics, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(PARTITIONS, REPLICATION_FACTOR);

    /** Reads the settings. The environment reports their problems. */
    public static TopicSettings read(Environment environment) {
        return new TopicSettings(environment.get(PARTITIONS), environment.find(REPLICATION_FACTOR));
    }
}
