package dev.tally.service.settings;

import java.util.List;

/** How a process logs. Logback's configuration reads these settings before anything else of the process runs. */
public final class LogSettings {
    public static final Setting<String> FORMAT = new Setting<>(
            "TALLY_LOG_FORMAT",
            null,
            SettingTypes.oneOf("text", "json"),
            "text",
            "How services log, on standard error: lines for people, or one JSON object a line.");

    public static final Setting<String> REQUESTS = new Setting<>(
            "TALLY_LOG_REQUESTS",
            null,
            SettingTypes.oneOf("off", "info"),
            "off",
            "The level at which each finished HTTP request is logged, with its request ID.");

    /** All of them, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(FORMAT, REQUESTS);

    private LogSettings() {}
}
