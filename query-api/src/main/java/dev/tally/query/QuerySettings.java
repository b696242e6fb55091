package dev.tally.query;

import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.TallySettings;
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

    public QuerySettings {
        streams = List.copyOf(streams);
    }

    /** Reads the settings. The environment reports their problems. */
    public static QuerySettings read(Environment environment) {
        return new QuerySettings(
                HttpSettings.read(environment, DEFAULT_PORT), environment.get(TallySettings.QUERY_STREAMS));
    }
}
