package dev.tally.standalone.cli;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.SettingTypes;
import java.util.List;
import java.util.Map;

/**
 * The addresses of a running Tally for the client commands.
 *
 * @param writeUrl the base URL of the API for writes
 * @param readUrl the base URL of the API for reads; often the same
 */
record ClientSettings(String writeUrl, String readUrl, KafkaSettings kafka, RegistrySettings registry) {
    static final Setting<String> URL = new Setting<>(
            "TALLY_URL",
            null,
            SettingTypes.url(),
            "http://127.0.0.1:8080",
            "Where the command line writes: the base URL of ingest-api or of scripts/tally up.");

    static final Setting<String> QUERY_URL = new Setting<>(
            "TALLY_QUERY_URL",
            null,
            SettingTypes.url(),
            null,
            "Where the command line reads: the base URL of query-api; TALLY_URL unless set.");

    /** The settings of the command line alone, in the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(URL, QUERY_URL);

    /** @throws dev.tally.service.settings.SettingsException with every problem of the environment */
    static ClientSettings read() {
        return read(System.getenv());
    }

    static ClientSettings read(Map<String, String> variables) {
        Environment environment = Environment.of(SettingNames.ALL, variables, Map.of());
        ClientSettings settings = of(environment);
        environment.verify();
        return settings;
    }

    /** Reads the settings. Problems are added to the environment. */
    static ClientSettings of(Environment environment) {
        String writeUrl = environment.get(URL);
        String readUrl = environment.find(QUERY_URL);
        KafkaSettings kafka = KafkaSettings.read(environment);
        RegistrySettings registry = RegistrySettings.read(environment);
        return new ClientSettings(writeUrl, readUrl == null ? writeUrl : readUrl, kafka, registry);
    }
}
