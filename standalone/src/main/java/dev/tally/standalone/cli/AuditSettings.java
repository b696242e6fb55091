package dev.tally.standalone.cli;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.KafkaSettings.Client;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.Setting;
import dev.tally.standalone.audit.log.KafkaEventLog;
import dev.tally.streams.StateSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of an audit.
 *
 * @param readUrl the base URL of the API for reads
 * @param consumer the properties of the consumer of the log
 * @param window the deduplication window that the state was made with
 */
record AuditSettings(String readUrl, Map<String, Object> consumer, RegistrySettings registry, Duration window) {
    static final String WINDOW_FLAG = "--window";

    /** The setting of counter-streams, with a flag. */
    private static final Setting<Duration> WINDOW = withFlag(StateSettings.DEDUPLICATION_WINDOW);

    /**
     * @param flags by name
     * @throws dev.tally.service.settings.SettingsException with every problem of the variables and flags
     */
    static AuditSettings read(Map<String, String> variables, Map<String, String> flags) {
        Environment environment = Environment.of(SettingNames.ALL, variables, flags);
        ClientSettings client = ClientSettings.of(environment);
        Map<String, Object> consumer =
                client.kafka().properties(Client.CONSUMER, KafkaEventLog.DEFAULTS, KafkaEventLog.GUARANTEED);
        Duration window = environment.get(WINDOW);
        environment.verify();
        return new AuditSettings(client.readUrl(), consumer, client.registry(), window);
    }

    private static Setting<Duration> withFlag(Setting<Duration> setting) {
        return new Setting<>(setting.variable(), WINDOW_FLAG, setting.type(), setting.defaultText(), setting.doc());
    }
}
