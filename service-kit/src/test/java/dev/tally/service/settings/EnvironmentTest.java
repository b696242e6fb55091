package dev.tally.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private static final DurationType DURATION = new DurationType(Duration.ofMillis(1), Duration.ofDays(30));
    private static final SizeType SIZE = new SizeType(1, 1L << 40);

    @Test
    void shouldTakeTheDefaultsWhenNothingIsGiven() {
        // given
        Environment environment =
                Environment.of(SampleSettings.NAMES, Map.of("PATH", "/bin", "TALLYHO", "x"), Map.of());

        // then
        assertThat(environment.get(HttpSettings.HOST)).isEqualTo("127.0.0.1");
        assertThat(HttpSettings.read(environment, 8081)).isEqualTo(new HttpSettings("127.0.0.1", 8081));
        assertThat(environment.get(SampleSettings.STATE_MEMORY)).isEqualTo(64L << 20);
        assertThat(environment.get(SampleSettings.STATE_DIR)).isEqualTo(Path.of("data/streams"));
        assertThat(environment.find(SampleSettings.STREAMS_ENDPOINT)).isNull();
        assertThat(environment.get(SampleSettings.QUERY_STREAMS)).containsExactly("127.0.0.1:8082");
        environment.verify();
    }

    @Test
    void shouldPreferFlagsToVariablesAndVariablesToDefaults() {
        // given
        Map<String, String> variables = Map.of("TALLY_HTTP_PORT", "1", "TALLY_STREAMS_THREADS", " 3 ");
        Environment environment = Environment.of(SampleSettings.NAMES, variables, Map.of("--http-port", "2"));

        // then
        assertThat(environment.get(HttpSettings.PORT)).isEqualTo(2);
        assertThat(environment.get(SampleSettings.STREAMS_THREADS)).isEqualTo(3);
        environment.verify();
    }

    @Test
    void shouldListAllProblemsAtOnceWhenThereAreSeveral() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES,
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
        environment.get(SampleSettings.STATE_MEMORY);
        environment.get(SampleSettings.STREAMS_THREADS);
        environment.find(SampleSettings.STREAMS_ENDPOINT);
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

    @Test
    void shouldIgnoreABlankVariableAndRefuseABlankFlag() {
        // given
        Environment blankVariable = Environment.of(SampleSettings.NAMES, Map.of("TALLY_HTTP_PORT", " "), Map.of());
        Environment blankFlag = Environment.of(SampleSettings.NAMES, Map.of(), Map.of("--http-port", ""));

        // when
        assertThat(blankVariable.get(HttpSettings.PORT)).isEqualTo(8080);
        blankFlag.get(HttpSettings.PORT);

        // then
        blankVariable.verify();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(blankFlag::verify)
                .withMessage("--http-port: \"\" (expected: 0..65535, 0 for any free port)");
    }

    @ParameterizedTest
    @CsvSource({
        "TALLY_HTTP_PORT, tcp://10.0.0.1:8080",
        "TALLY_SERVICE_HOST, 10.0.0.1",
        "TALLY_HTTP_SERVICE_HOST, 10.0.0.1",
        "TALLY_HTTP_SERVICE_PORT, 8080",
        "TALLY_HTTP_SERVICE_PORT_WEB, 8080",
        "TALLY_HTTP_PORT_8080_TCP, tcp://10.0.0.1:8080",
        "TALLY_HTTP_PORT_8080_TCP_PROTO, tcp",
        "TALLY_HTTP_PORT_8080_TCP_PORT, 8080",
        "TALLY_HTTP_PORT_8080_TCP_ADDR, 10.0.0.1",
        "TALLY_DNS_PORT_53_UDP, udp://10.0.0.1:53",
    })
    void shouldIgnoreVariablesWhenTheyAreKubernetesServiceLinks(String name, String value) {
        // given
        Environment environment = Environment.of(SampleSettings.NAMES, Map.of(name, value), Map.of());

        // then
        assertThat(environment.get(HttpSettings.PORT)).isEqualTo(8080);
        environment.verify();
    }

    @ParameterizedTest
    @CsvSource({
        "TALLY_URL, tcp://10.0.0.1:8080",
        "TALLY_NO_PORT_TCP, tcp",
        "TALLY_X_TCP_ADDR, 10.0.0.1",
        "TALLY_, x",
        "TALLY_http_port, 80",
        "TALLY_KAFKA_, x",
    })
    void shouldRefuseVariablesWhenTheyOnlyLookLikeServiceLinks(String name, String value) {
        // given
        Environment environment = Environment.of(SampleSettings.NAMES, Map.of(name, value), Map.of());

        // when
        environment.get(SampleSettings.URL);

        // then
        assertThat(environment.problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "10s, 10000", "5m, 300000", "24h, 86400000", "7d, 604800000"})
    void shouldReadDurations(String text, long millis) {
        assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DURATION.format(Duration.ofMillis(millis))).isIn(text, millis / 1_000 / 86_400 + "d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "s", "1.5s", "10 s", "10S", "-1s", "0ms", "31d", "1w", "9999999999999999999s", "PT1S"})
    void shouldRefuseInvalidDurations(String text) {
        assertThat(DURATION.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"512B, 512", "64KiB, 65536", "64MiB, 67108864", "2GiB, 2147483648"})
    void shouldReadSizes(String text, long bytes) {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
        assertThat(SIZE.format(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64MB", "64mib", "-1B", "0B", "1.5GiB", "9999999999GiB", "MiB"})
    void shouldRefuseInvalidSizes(String text) {
        assertThat(SIZE.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a, http://a",
        "http://a:80/, http://a:80",
        "https://a.b/c, https://a.b/c",
        "a:80,",
        "ftp://a,",
        "http://,",
        "http://a?b,",
        "http://u@a,",
        "http://a b,",
    })
    void shouldReadBaseUrls(String text, String expected) {
        assertThat(SettingTypes.url().parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:", ":1", "a:0", "a:65536", "a b:1", "a:1,", ",a:1", "a:-1", "a:1;b:2"})
    void shouldRefuseInvalidEndpoints(String text) {
        assertThat(SettingTypes.endpoints().parse(text)).isNull();
    }

    @Test
    void shouldReadEndpointsWhenTheyAreJoinedByCommas() {
        assertThat(SettingTypes.endpoints().parse("a:1, b.c:2,[::1]:3")).isEqualTo(List.of("a:1", "b.c:2", "[::1]:3"));
    }

    @Test
    void shouldReadFlagsInBothFormsAndReportUnknownArguments() {
        assertThat(Flags.parse(List.of("--http-port", "1")).values()).containsEntry("--http-port", "1");
        assertThat(Flags.parse(List.of("--http-port=1")).values()).containsEntry("--http-port", "1");
        assertThat(Flags.parse(List.of("--nonsense", "1", "--http-port")).problems())
                .containsExactly(
                        "--nonsense is not an argument of this process",
                        "1 is not an argument of this process",
                        "--http-port lacks its value");
    }
}
