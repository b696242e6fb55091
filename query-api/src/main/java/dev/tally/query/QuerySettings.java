package dev.tally.query;

import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.SettingTypes;
import java.util.List;

/**
 * The settings of query-api.
 *
 * @param http the listener
 * @param streams {@code host:port} of instances of counter-streams from which the others are learned; a DNS name may
 *     stand for several instances
 */
public record QuerySettings(HttpSettings http, List<String> streams) {
    public static final int DEFAULT_PORT = 8081;

    public static final Setting<List<String>> STREAMS = new Setting<>(
            "TALLY_QUERY_STREAMS",
            null,
            SettingTypes.endpoints(),
            "127.0.0.1:8082",
            "The counter-streams instances, or one DNS name of them, from which query-api learns the others.");

    /** The settings of query-api alone. */
    public static final List<Setting<?>> ALL = List.of(STREAMS);

    public QuerySettings {
        streams = List.copyOf(streams);
    }

    /** Reads the settings. The environment reports their problems. */
    public static QuerySettings read(Environment environment) {
        return new QuerySettings(HttpSettings.read(environment, DEFAULT_PORT), environment.get(STREAMS));
    }
}
