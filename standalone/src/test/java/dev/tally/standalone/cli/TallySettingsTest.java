package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tally.query.QuerySettings;
import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.SettingsException;
import dev.tally.streams.StateSettings;
import dev.tally.streams.StreamsSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallySettingsTest {
    @Test
    void shouldDeclareEachSettingOnce() {
        // given
        Set<String> variables = new HashSet<>();

        // then
        for (Setting<?> setting : TallySettings.declared()) {
            assertThat(variables.add(setting.variable())).isTrue();
            assertThat(TallySettings.doc(setting)).endsWith(".").doesNotContain("\n");
        }
        assertThat(variables).hasSize(30);
    }

    @Test
    void shouldNameInEveryProcessExactlyTheSettingsThatAreDeclared() {
        assertThat(SettingNames.ALL)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        TallySettings.declared().stream().map(Setting::variable).toList());
    }

    @Test
    void shouldTakeTheDefaultsWhenNothingIsGiven() {
        // given
        Environment environment = Environment.of(SettingNames.ALL, Map.of("PATH", "/bin", "TALLYHO", "x"), Map.of());

        // then
        assertThat(environment.get(HttpSettings.HOST)).isEqualTo("127.0.0.1");
        assertThat(HttpSettings.read(environment, 8081)).isEqualTo(new HttpSettings("127.0.0.1", 8081));
        assertThat(environment.get(StateSettings.MEMORY)).isEqualTo(64L << 20);
        assertThat(environment.get(StateSettings.DIR)).isEqualTo(Path.of("data/streams"));
        assertThat(environment.find(StreamsSettings.ENDPOINT)).isNull();
        assertThat(environment.get(QuerySettings.STREAMS)).containsExactly("127.0.0.1:8082");
        environment.verify();
    }

    @Test
    void shouldListAllProblemsAtOnceWhenThereAreSeveral() {
        // given
        Environment environment = Environment.of(
                SettingNames.ALL,
                Map.of(
                        "TALLY_HTTP_PORT", "70000",
                        "TALLY_STATE_MEMORY", "64MB",
                        "TALLY_HISTORY_DECADES", "48h",
                        "TALLY_SCHEMA_REGISTRY_HOST", "http://x",
                        "TALLY_STREAMS_THREADS", "0",
                        "TALLY_STREAMS_ENDPOINT", "no-port"),
                Map.of());

        // when
        assertThat(HttpSettings.read(environment, 8080).port()).isEqualTo(8080);
        environment.get(StateSettings.MEMORY);
        environment.get(StreamsSettings.THREADS);
        environment.find(StreamsSettings.ENDPOINT);
        environment.problem("two settings do not go together");

        // then
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(environment::verify)
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "TALLY_HISTORY_DECADES is not a setting of Tally",
                                "TALLY_SCHEMA_REGISTRY_HOST is not a setting of Tally",
                                "TALLY_HTTP_PORT: 70000 (expected: 0..65535, 0 for any free port)",
                                "TALLY_STATE_MEMORY: 64MB (expected: a size such as 512KiB, 64MiB or 2GiB, from 8MiB to 1024GiB)",
                                "TALLY_STREAMS_THREADS: 0 (expected: 1..256)",
                                "TALLY_STREAMS_ENDPOINT: no-port (expected: host:port, the host no wildcard address such as 0.0.0.0)",
                                "two settings do not go together"));
    }
}
