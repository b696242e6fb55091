package dev.tally.standalone.cli;

import dev.tally.service.settings.Setting;
import org.jspecify.annotations.Nullable;

/** The documentation page of the settings, generated from their declarations. */
final class SettingsPage {
    private static final String HEAD = """
            # Settings

            Environment variables, the same names everywhere. A flag overrides a variable, a variable the default. A `TALLY_`
            variable that is not listed here is an error; all problems are listed at once, and the exit code is 2. Variables of
            Kubernetes service links (`TALLY_…_SERVICE_HOST`, `TALLY_…_PORT=tcp://…` and the like) are ignored.

            | variable | flag | default | value | what it is |
            |---|---|---|---|---|
            """;

    private static final String TAIL = """

            ## Kafka clients

            `TALLY_KAFKA_X_Y` sets the property `x.y` on every Kafka client: `TALLY_KAFKA_SECURITY_PROTOCOL=SSL`. On one kind of
            client, overriding the former: `TALLY_KAFKA_PRODUCER_X_Y`, `TALLY_KAFKA_CONSUMER_X_Y`, `TALLY_KAFKA_STREAMS_X_Y`,
            `TALLY_KAFKA_ADMIN_X_Y`. The clients inside Kafka Streams are set through it:
            `TALLY_KAFKA_STREAMS_PRODUCER_LINGER_MS=5` sets `producer.linger.ms`. A property that a guarantee depends on
            (as `acks` of the producer) cannot have another value; that is an error.

            <!-- Written from TallySettings by SettingsPageTest. -->
            """;

    private SettingsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Setting<?> setting : TallySettings.documented()) {
            page.append("| `").append(setting.variable()).append("` | ");
            page.append(code(setting.flag())).append(" | ").append(code(setting.defaultText()));
            page.append(" | ").append(setting.type().expected());
            page.append(" | ").append(TallySettings.doc(setting)).append(" |\n");
        }
        return page.append(TAIL).toString();
    }

    private static String code(@Nullable String text) {
        return text == null ? "" : "`" + text + "`";
    }
}
