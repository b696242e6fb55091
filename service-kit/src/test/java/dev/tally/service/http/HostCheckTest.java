package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
    /** 127.0.0.1 in a notation that the settings do not recognize as loopback. */
    private static final String BEYOND_LOOPBACK = "127.1";

    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.0");
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:8080",
                "localhost",
                "localhost:8080",
                "LOCALHOST",
                "LocalHost:80",
                "localhost.",
                "localhost.:8080",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]:1",
                "[::ffff:7f00:1]",
                "[2001:DB8::a]:80",
                "0.0.0.0:8080",
                "10.1.2.3:8080",
                "192.168.1.7",
                "  localhost  ",
            })
    void shouldAnswerWhenHostIsAnAddressOrLocalhost(String host) throws Exception {
        for (String version : VERSIONS) {
            // when
            RawClient.Answer answer = answer(server, "GET /names/a/b " + version + "\r\nHost: " + host + "\r\n\r\n");

            // then
            assertThat(answer.status()).as(version).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("a|b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "evil.example.",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "foo.localhost",
                "xlocalhost",
                "localhost..",
                "localhost%2e",
                "localhost,localhost",
                "tally",
                "ingest-api:8080",
                "127.1",
                "2130706433",
                "0x7f000001",
                "127.0.0.01",
                "127.0.0.1.",
                "256.0.0.1",
                ".",
                ":8080",
                "",
            })
    void shouldAnswerMisdirectedWhenHostIsAnotherName(String host) throws Exception {
        for (String version : VERSIONS) {
            // when
            RawClient.Answer answer = answer(server, "GET /names/a/b " + version + "\r\nHost: " + host + "\r\n\r\n");

            // then
            assertRefused(
                    answer,
                    421,
                    "misdirected",
                    "Host: \\\"" + host + "\\\" (expected: an IP address, localhost, or a name in TALLY_HTTP_HOSTS)");
            assertThat(answer.text()).contains("\"title\":\"Misdirected Request\",\"status\":421");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080.evil.example",
                "localhost:", // valid by RFC 3986; the HTTP server's parser refuses this and the next one
                "[::ffff:127.0.0.1]",
                "user@localhost",
                "localhost:80:80",
                "localhost:x",
                "localhost/",
                "local host",
                "http://localhost",
                "::1",
                "[::1",
                "[]",
                "[127.0.0.1]",
                "[::1]x",
                "[::1%lo]:8080",
                "[::1%25lo]",
                "[v1.a]",
                "localhost\u00e9",
            })
    void shouldAnswer400WhenHostIsNoHost(String host) throws Exception {
        for (String version : VERSIONS) {
            assertThat(answer(server, "GET /names/a/b " + version + "\r\nHost: " + host + "\r\n\r\n")
                            .status())
                    .as(version)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /nothing",
        "GET, /operational",
        "GET, /health",
        "POST, /written",
        "POST, /unread",
        "PATCH, /names/a",
        "OPTIONS, /written",
        "OPTIONS, *"
    })
    void shouldAnswerMisdirectedWhateverIsAskedFor(String method, String target) throws Exception {
        // when
        RawClient.Answer answer = answer(
                server, method + " " + target + " HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\n{}");

        // then
        assertRefused(answer, 421, "misdirected", "evil.example");
        assertThat(server.written).hasValue(0);
    }

    @Test
    void shouldKeepTheConnectionAndRefuseAgainAfterAnAcceptedHost() throws Exception {
        String accepted = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\na";
        String refused = "POST /echo HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 3\r\n\r\nabc";
        try (RawClient client = server.client()) {
            // when
            client.send(accepted + refused + accepted + refused);

            // then
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(421);
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(421);
        }
    }

    @Test
    void shouldAnswerWithoutAHostOnlyInHttp10() throws Exception {
        assertThat(answer(server, "GET /names/a/b HTTP/1.0\r\n\r\n").text()).isEqualTo("a|b");
        assertThat(answer(server, "GET /names/a/b HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"localhost, localhost", "localhost, evil.example", "evil.example, localhost"})
    void shouldAnswer400WhenHostIsGivenTwice(String first, String second) throws Exception {
        for (String version : VERSIONS) {
            assertThat(answer(
                                    server,
                                    "GET /names/a/b " + version + "\r\nHost: " + first + "\r\nHost: " + second
                                            + "\r\n\r\n")
                            .status())
                    .as(version)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/names/a/b, localhost, 200",
        "http://127.0.0.1:8080/names/a/b, 127.0.0.1:8080, 200",
        "http://evil.example/names/a/b, evil.example, 421",
        "http://evil.example:8080/names/a/b, evil.example, 421",
        "https://evil.example/names/a/b, evil.example, 421",
        "http://evil.example, evil.example, 421",
        "http://evil.example?x, evil.example, 421",
        "/names/http:%2F%2Fevil.example/b, localhost, 200",
        "/names/http://localhost/b, evil.example, 421",
        "/names/http://evil.example/b, localhost, 404",
    })
    void shouldGoByTheTargetWhenItIsAbsolute(String target, String host, int status) throws Exception {
        for (String version : VERSIONS) {
            assertThat(answer(server, "GET " + target + " " + version + "\r\nHost: " + host + "\r\n\r\n")
                            .status())
                    .as(version)
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"http://localhost/names/a/b, 200", "http://evil.example/names/a/b, 421", "http://u@localhost/, 400"})
    void shouldGoByTheTargetWhenThereIsNoHost(String target, int status) throws Exception {
        assertThat(answer(server, "GET " + target + " HTTP/1.0\r\n\r\n").status())
                .isEqualTo(status);
    }

    /** RFC 9112 allows the target to decide. The HTTP server's parser refuses a request with two different hosts. */
    @ParameterizedTest
    @CsvSource({"http://localhost/names/a/b, evil.example", "http://evil.example/names/a/b, localhost"})
    void shouldAnswer400WhenTheTargetNamesAnotherHostThanHost(String target, String host) throws Exception {
        for (String version : VERSIONS) {
            assertThat(answer(server, "GET " + target + " " + version + "\r\nHost: " + host + "\r\n\r\n")
                            .status())
                    .as(version)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldAnswerToTheNamesOfTheSettings() throws Exception {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, List.of("tally.example.com", "tally"));
        try (TestServer named = new TestServer(settings, HttpLimits.defaults())) {
            for (String host :
                    List.of("Tally.Example.COM:8080", "tally.example.com.", "tally", "localhost", "127.0.0.1")) {
                assertThat(hostStatus(named, host)).as(host).isEqualTo(200);
            }
            for (String host : List.of("x.tally.example.com", "example.com", "evil.example", "")) {
                assertThat(hostStatus(named, host)).as(host).isEqualTo(421);
            }
        }
    }

    @Test
    void shouldCheckHostBeyondLoopbackOnlyWhenTheSettingsGiveNames() throws Exception {
        HttpSettings open = new HttpSettings(BEYOND_LOOPBACK, 0);
        HttpSettings named = new HttpSettings(BEYOND_LOOPBACK, 0, List.of("ingest-api"));
        try (TestServer any = new TestServer(open, HttpLimits.defaults());
                TestServer some = new TestServer(named, HttpLimits.defaults())) {
            assertThat(hostStatus(any, "ingest-api:8080")).isEqualTo(200);
            assertThat(hostStatus(any, "evil.example")).isEqualTo(200);
            assertThat(hostStatus(some, "ingest-api:8080")).isEqualTo(200);
            assertThat(hostStatus(some, "evil.example")).isEqualTo(421);
        }
    }

    private static int hostStatus(TestServer server, String host) throws Exception {
        return answer(server, "GET /names/a/b HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .status();
    }

    private static RawClient.Answer answer(TestServer server, String request) throws Exception {
        try (RawClient client = server.client()) {
            return client.send(request).answer();
        }
    }

    private static void assertRefused(RawClient.Answer answer, int status, String code, String detail) {
        assertThat(answer.status()).as(answer.head()).isEqualTo(status);
        assertThat(answer.head()).contains("Content-Type: application/problem+json\r\n");
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"").contains(detail);
    }
}
