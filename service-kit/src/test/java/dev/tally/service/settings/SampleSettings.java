package dev.tally.service.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the processes in the tests: those of every service, and some of one. */
public final class SampleSettings {
    static final Setting<String> URL =
            new Setting<>("TALLY_URL", null, SettingTypes.url(), "http://127.0.0.1:8080", "A URL.");
    static final Setting<Path> STATE_DIR =
            new Setting<>("TALLY_STATE_DIR", null, SettingTypes.path(), "data/streams", "A path.");
    static final Setting<Long> STATE_MEMORY =
            new Setting<>("TALLY_STATE_MEMORY", null, SettingTypes.size(8L << 20, 1L << 40), "64MiB", "A size.");
    static final Setting<Integer> STREAMS_THREADS =
            new Setting<>("TALLY_STREAMS_THREADS", null, SettingTypes.integer(1, 256), "1", "A number.");
    static final Setting<String> STREAMS_ENDPOINT =
            new Setting<>("TALLY_STREAMS_ENDPOINT", null, SettingTypes.reachableEndpoint(), null, "An address.");
    static final Setting<List<String>> QUERY_STREAMS =
            new Setting<>("TALLY_QUERY_STREAMS", null, SettingTypes.endpoints(), "127.0.0.1:8082", "Addresses.");

    /** The variables of all of them. */
    public static final List<String> NAMES = Stream.of(
                    List.of(URL, STATE_DIR, STATE_MEMORY, STREAMS_THREADS, STREAMS_ENDPOINT, QUERY_STREAMS),
                    List.of(KafkaSettings.BOOTSTRAP_SERVERS),
                    HttpSettings.ALL,
                    LogSettings.ALL,
                    RegistrySettings.ALL,
                    TopicSettings.ALL)
            .flatMap(List::stream)
            .map(Setting::variable)
            .toList();

    private SampleSettings() {}
}
