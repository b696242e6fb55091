package dev.tally.standalone;

import dev.tally.service.settings.Environment;
import dev.tally.service.settings.SettingType;
import dev.tally.service.settings.SettingTypes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The broker settings of a process that contains a broker. They are flags only, because {@code TALLY_KAFKA_PORT} would
 * be read as a property of every Kafka client.
 *
 * @param kafkaPort on loopback; 0 for any free port
 * @param dataDirectory the directory of all data
 */
public record BrokerSettings(int kafkaPort, Path dataDirectory) {

    private static final String KAFKA_PORT = "--kafka-port";
    private static final String DATA_DIRECTORY = "--data-dir";

    /** The root of the repository, as set by the script that starts the JVM. */
    private static final String HOME = System.getProperty("tally.home", "");

    /** Reads the settings. The environment reports their problems. */
    public static BrokerSettings read(Environment environment, Map<String, String> flags) {
        return new BrokerSettings(
                flag(environment, flags, KAFKA_PORT, SettingTypes.port(), "9092"),
                flag(
                        environment,
                        flags,
                        DATA_DIRECTORY,
                        SettingTypes.path(),
                        Path.of(HOME, "data").toString()));
    }

    private static <T> T flag(
            Environment environment, Map<String, String> flags, String name, SettingType<T> type, String byDefault) {
        String given = flags.getOrDefault(name, byDefault);
        T value = given.isBlank() ? null : type.parse(given.strip());
        if (value == null) {
            environment.problem(name + ": " + given + " (expected: " + type.expected() + ")");
            return Objects.requireNonNull(type.parse(byDefault));
        }
        return value;
    }
}
