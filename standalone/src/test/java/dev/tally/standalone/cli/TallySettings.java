package dev.tally.standalone.cli;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.tally.ingest.IngestSettings;
import dev.tally.query.QuerySettings;
import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.LogSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.TopicSettings;
import dev.tally.streams.StateSettings;
import dev.tally.streams.StreamsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All settings of all processes, as they are declared. Only this module sees all of them. */
final class TallySettings {
    /** What is to be said of a setting of every service, and cannot be said where it is declared. */
    private static final Map<Setting<?>, String> DOCS = Map.of(
            HttpSettings.PORT,
            "The port the HTTP server listens on: 8080 for ingest-api and standalone, 8081 for query-api, 8082 for"
                    + " counter-streams.",
            HttpSettings.OPEN,
            "Whether the HTTP server may listen beyond loopback. true states that the network is trusted: every"
                    + " client that reaches the port may count, set, delete and read.");

    private TallySettings() {}

    /** In no particular order. */
    static List<Setting<?>> declared() {
        return Stream.of(
                        ClientSettings.ALL,
                        List.of(KafkaSettings.BOOTSTRAP_SERVERS),
                        RegistrySettings.ALL,
                        HttpSettings.ALL,
                        StateSettings.ALL,
                        StreamsSettings.ALL,
                        QuerySettings.ALL,
                        IngestSettings.ALL,
                        TopicSettings.ALL,
                        LogSettings.ALL)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /** In the order of the documentation. */
    static List<Setting<?>> documented() {
        Map<String, Setting<?>> byVariable = declared().stream().collect(toMap(Setting::variable, identity()));
        List<Setting<?>> documented = new ArrayList<>();
        for (String variable : SettingNames.ALL) {
            documented.add(byVariable.get(variable));
        }
        return documented;
    }

    static String doc(Setting<?> setting) {
        return DOCS.getOrDefault(setting, setting.doc());
    }
}
