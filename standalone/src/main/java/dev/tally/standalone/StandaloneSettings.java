package dev.tally.standalone;

import dev.tally.ingest.IngestSettings;
import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.TopicSettings;
import dev.tally.streams.StateSettings;
import dev.tally.streams.StreamsSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of the whole system in one process. The services read the same variables as in processes of their own.
 * Only the defaults are those of one machine.
 */
public final class StandaloneSettings {

    private static final int HTTP_PORT = 8080;
    private static final String PARTITIONS = "4";
    private static final String REPLICATION_FACTOR = "1";

    private final Map<String, String> variables;
    private final HttpSettings http;
    private final BrokerSettings broker;

    private StandaloneSettings(Map<String, String> variables, HttpSettings http, BrokerSettings broker) {
        this.variables = variables;
        this.http = http;
        this.broker = broker;
    }

    /**
     * @param variables the process environment
     * @param flags {@code --http-port}, {@code --kafka-port} and {@code --data-dir}, as far as given
     * @throws dev.tally.service.settings.SettingsException with every problem of every part
     */
    public static StandaloneSettings read(Map<String, String> variables, Map<String, String> flags) {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent(TopicSettings.PARTITIONS.variable(), PARTITIONS);
        all.putIfAbsent(TopicSettings.REPLICATION_FACTOR.variable(), REPLICATION_FACTOR);
        Environment environment = Environment.of(SettingNames.ALL, all, flags);
        StandaloneSettings settings = new StandaloneSettings(
                Map.copyOf(all), HttpSettings.read(environment, HTTP_PORT), BrokerSettings.read(environment, flags));
        IngestSettings.read(environment);
        StreamsSettings.read(environment);
        environment.verify();
        return settings;
    }

    HttpSettings http() {
        return http;
    }

    BrokerSettings broker() {
        return broker;
    }

    /** The environment of the services. Called when the address of the broker and the state directory are known. */
    Environment services(String bootstrapServers, Path streams) {
        Map<String, String> all = new HashMap<>(variables);
        all.put(KafkaSettings.BOOTSTRAP_SERVERS.variable(), bootstrapServers);
        all.putIfAbsent(StateSettings.DIR.variable(), streams.toString());
        return Environment.of(SettingNames.ALL, all, Map.of());
    }
}
