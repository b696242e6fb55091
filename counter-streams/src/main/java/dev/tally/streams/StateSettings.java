package dev.tally.streams;

import dev.tally.service.settings.Environment;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.SettingTypes;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.store.StateParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of the state: where it is, what it may use, and what it depends on in addition to the log. */
public final class StateSettings {
    public static final Setting<Path> DIR = new Setting<>(
            "TALLY_STATE_DIR",
            null,
            SettingTypes.path(),
            "data/streams",
            "Where counter-streams keeps its state; it can be rebuilt from Kafka.");

    public static final Setting<Long> MEMORY = new Setting<>(
            "TALLY_STATE_MEMORY",
            null,
            SettingTypes.size(8L << 20, 1L << 40),
            "64MiB",
            "The maximum RocksDB memory of a counter-streams process, for all its generations together.");

    public static final Setting<Duration> DEDUPLICATION_WINDOW = new Setting<>(
            "TALLY_DEDUPLICATION_WINDOW",
            null,
            SettingTypes.duration(Duration.ofSeconds(1), Duration.ofDays(366)),
            "24h",
            "How long counter-streams stores the id of an event, in stream time. A generation keeps the window that it was"
                    + " created with: a rebuild takes a new one.");

    public static final Setting<Duration> HISTORY_MINUTES = history("TALLY_HISTORY_MINUTES", "48h", "minute");

    public static final Setting<Duration> HISTORY_HOURS = history("TALLY_HISTORY_HOURS", "90d", "hour");

    public static final Setting<Duration> HISTORY_DAYS = history("TALLY_HISTORY_DAYS", "1826d", "day");

    public static final Setting<Duration> SNAPSHOT_INTERVAL = new Setting<>(
            "TALLY_SNAPSHOT_INTERVAL",
            null,
            SettingTypes.duration(Duration.ZERO, Duration.ofDays(366)),
            "24h",
            "How often counter-streams writes a snapshot of each partition's state, from which a rebuild starts. Only if"
                    + " tally.events deletes events; 0s: not at all.");

    /** All of them, in the order of the documentation. */
    public static final List<Setting<?>> ALL =
            List.of(DIR, MEMORY, DEDUPLICATION_WINDOW, HISTORY_MINUTES, HISTORY_HOURS, HISTORY_DAYS, SNAPSHOT_INTERVAL);

    private StateSettings() {}

    static StateParameters parameters(Environment environment) {
        HistoryRetention history = new HistoryRetention(
                environment.get(HISTORY_MINUTES), environment.get(HISTORY_HOURS), environment.get(HISTORY_DAYS));
        return new StateParameters(environment.get(DEDUPLICATION_WINDOW), history, true);
    }

    private static Setting<Duration> history(String variable, String byDefault, String step) {
        return new Setting<>(
                variable,
                null,
                SettingTypes.duration(Duration.ZERO, Duration.ofDays(3_660)),
                byDefault,
                "How long the buckets of each " + step
                        + " are kept, in stream time; 0s: not at"
                        + " all. It belongs to the generation, as the window does.");
    }
}
