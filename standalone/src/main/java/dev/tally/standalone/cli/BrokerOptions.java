package dev.tally.standalone.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a process that contains a broker. They stay text, so that the settings validate all of them at once. */
final class BrokerOptions {

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "The Kafka port, on loopback; 0 for any free port. Default: 9092.")
    private @Nullable String kafkaPort;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The data directory. Default: data/ in the repository.")
    private @Nullable String dataDirectory;

    /** The given flags, by name. */
    Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>();
        if (kafkaPort != null) {
            flags.put("--kafka-port", kafkaPort);
        }
        if (dataDirectory != null) {
            flags.put("--data-dir", dataDirectory);
        }
        return flags;
    }
}
