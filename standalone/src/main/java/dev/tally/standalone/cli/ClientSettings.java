package dev.tally.standalone.cli;

import dev.tally.service.settings.Environment;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.TallySettings;
import java.util.Map;

/**
 * The addresses of a running Tally for the client commands.
 *
 * @param writeUrl the base URL of the API for writes
 * @param readUrl the base URL of the API for reads; often the same
 */
record ClientSettings(String writeUrl, String readUrl, KafkaSettings kafka, RegistrySettings registry) {

    /** @throws dev.tally.service.settings.SettingsException with every problem of the environment */
    static ClientSettings read() {
        Environment environment = Environment.of(System.getenv(), Map.of());
        String writeUrl = environment.get(TallySettings.URL);
        String readUrl = environment.find(TallySettings.QUERY_URL);
        KafkaSettings kafka = KafkaSettings.read(environment);
        RegistrySettings registry = RegistrySettings.read(environment);
        environment.verify();
        return new ClientSettings(writeUrl, readUrl == null ? writeUrl : readUrl, kafka, registry);
    }
}
