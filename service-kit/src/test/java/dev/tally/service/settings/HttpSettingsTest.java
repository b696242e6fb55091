package dev.tally.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.254",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1",
                "localhost",
                "LocalHost",
            })
    void shouldAcceptLoopbackAddressesWithoutOpen(String host) {
        // given
        Environment environment = Environment.of(SampleSettings.NAMES, Map.of("TALLY_HTTP_HOST", host), Map.of());

        // when
        HttpSettings settings = HttpSettings.read(environment, 8080);

        // then
        assertThat(settings.isLoopback()).isTrue();
        environment.verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "[::]",
                "192.168.1.5",
                "128.0.0.1",
                "fe80::1",
                "::1%lo",
                "::ffff:10.0.0.1",
                "127.1",
                "127.0.0.01",
                "127.0.0.256",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "localhost.",
                "foo.localhost",
                "tally",
                "tally.example.com",
            })
    void shouldRefuseAddressesBeyondLoopbackWithoutOpen(String host) {
        // given
        Environment closed = Environment.of(SampleSettings.NAMES, Map.of("TALLY_HTTP_HOST", host), Map.of());
        Environment open = Environment.of(
                SampleSettings.NAMES, Map.of("TALLY_HTTP_HOST", host, "TALLY_HTTP_OPEN", "true"), Map.of());

        // when
        HttpSettings settings = HttpSettings.read(open, 8080);
        HttpSettings.read(closed, 8080);

        // then
        assertThat(settings.isLoopback()).isFalse();
        open.verify();
        assertThat(closed.problems())
                .singleElement()
                .asString()
                .startsWith("TALLY_HTTP_HOST: " + host
                        + " can be reached from other machines, and every client that reaches"
                        + " the port may count, set, delete and read (expected: ")
                .endsWith("TALLY_HTTP_OPEN=true, if the whole network is trusted)");
    }

    @Test
    void shouldRequireLoopbackWhenOpenIsFalseAndReportBothProblemsWhenItIsInvalid() {
        // given
        Environment no = Environment.of(
                SampleSettings.NAMES, Map.of("TALLY_HTTP_HOST", "0.0.0.0", "TALLY_HTTP_OPEN", "false"), Map.of());
        Environment yes = Environment.of(
                SampleSettings.NAMES, Map.of("TALLY_HTTP_HOST", "0.0.0.0", "TALLY_HTTP_OPEN", "yes"), Map.of());

        // when
        HttpSettings.read(no, 8080);
        HttpSettings.read(yes, 8080);

        // then
        assertThat(no.problems()).hasSize(1);
        assertThat(yes.problems()).hasSize(2).contains("TALLY_HTTP_OPEN: yes (expected: true or false)");
    }

    @Test
    void shouldAcceptLoopbackWhenOpenIsTrue() {
        // given
        Environment environment = Environment.of(SampleSettings.NAMES, Map.of("TALLY_HTTP_OPEN", "true"), Map.of());

        // then
        assertThat(HttpSettings.read(environment, 8080)).isEqualTo(new HttpSettings("127.0.0.1", 8080));
        environment.verify();
    }

    @Test
    void shouldNormalizeHostNames() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES, Map.of("TALLY_HTTP_HOSTS", "Tally.Example.com., query-api ,a_b"), Map.of());

        // then
        assertThat(HttpSettings.read(environment, 8080).hosts())
                .isEqualTo(List.of("tally.example.com", "query-api", "a_b"));
        environment.verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a,", ",", "a:8080", "*", "*.example.com", "a b", "http://a", "a..b", ".", "[::1]", "tälly"})
    void shouldRefuseInvalidHostNames(String hosts) {
        // given
        Environment environment = Environment.of(SampleSettings.NAMES, Map.of("TALLY_HTTP_HOSTS", hosts), Map.of());

        // when
        HttpSettings.read(environment, 8080);

        // then
        assertThat(environment.problems())
                .containsExactly("TALLY_HTTP_HOSTS: " + hosts
                        + " (expected: host names without ports, several joined by commas)");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, true",
        "255.255.255.255, true",
        "1.2.3.4, true",
        "1.2.3, false",
        "1.2.3.4.5, false",
        "1.2.3.4., false",
        ".1.2.3.4, false",
        "1..3.4, false",
        "1.2.3.+4, false",
        "1.2.3.٤, false",
        "1.2.3.0004, false",
        "2130706433, false",
        "0x7f.0.0.1, false",
        "1:2:3:4:5:6:7:8, true",
        "::, true",
        "1::, true",
        "2001:DB8::a, true",
        "::1.2.3.4, true",
        "1::2::3, false",
        "1:2:3:4:5:6:7:8:9, false",
        "12345::, false",
        ":, false",
        "::1%25lo, false",
        "::g, false",
        ".::1, false",
        "a.b:80, false",
        "localhost, false",
    })
    void shouldReadAddressesWithoutAResolver(String text, boolean isAddress) {
        assertThat(IpAddress.parse(text) != null).isEqualTo(isAddress);
    }
}
