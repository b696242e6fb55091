package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.RawClient;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginCheckTest {
    /** 127.0.0.1 in a notation that the settings do not recognize as loopback. */
    private static final String BEYOND_LOOPBACK = "127.1";

    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.0");
    private static final List<String> METHODS = List.of("POST", "PUT", "DELETE", "GET", "HEAD");
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
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "LOCALHOST:8080, http://localhost:8080",
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "[::1]:8080, http://[::1]:8080",
        "localhost, http://localhost",
        "localhost:80, http://localhost",
        "localhost, http://localhost:80",
        "localhost.:8080, http://localhost.:8080",
    })
    void shouldWriteWhenTheOriginIsTheHostThatIsAsked(String host, String origin) throws Exception {
        for (String method : METHODS) {
            for (String version : VERSIONS) {
                // given
                int before = server.written.get();

                // when
                int status = status(server, method, version, host, "Origin: " + origin + "\r\n");

                // then
                assertThat(status).as(method + " " + version).isEqualTo(200);
                assertThat(server.written).hasValue(before + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "http://evil.example:8080",
                "http://localhost",
                "http://localhost:80",
                "http://localhost:8081",
                "http://localhost.:8080",
                "http://foo.localhost:8080",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "https://localhost:8080",
                "HTTP://localhost:8080",
                "http://localhost:8080/",
                "http://localhost:8080.evil.example",
                "http://localhost:8080, http://evil.example",
                "http://localhost:8080 http://evil.example",
                "http://user@localhost:8080",
                "http://",
                "localhost:8080",
                "file://",
                "chrome-extension://localhost:8080",
            })
    void shouldAnswerOriginForbiddenWhenTheOriginIsAnother(String origin) throws Exception {
        int before = server.written.get();
        for (String method : METHODS) {
            for (String version : VERSIONS) {
                // when
                RawClient.Answer answer =
                        answer(server, method, version, "localhost:8080", "Origin: " + origin + "\r\n");

                // then
                assertThat(answer.status()).as(method + " " + version).isEqualTo(403);
                assertThat(answer.head()).contains("Content-Type: application/problem+json\r\n");
                if (!method.equals("HEAD")) {
                    assertThat(answer.text())
                            .contains("\"title\":\"Forbidden\",\"status\":403")
                            .contains("\"code\":\"origin_forbidden\"")
                            .contains("\"detail\":\"Origin: \\\"" + origin
                                    + "\\\" (expected: none, or http://localhost:8080 as"
                                    + " in Host); nothing was recorded\"");
                }
            }
        }
        assertThat(server.written).hasValue(before);
    }

    @Test
    void shouldRefuseWhenOneOfTwoOriginsIsAnother() throws Exception {
        // given
        String own = "Origin: http://localhost\r\n";
        String other = "Origin: http://evil.example\r\n";

        // then
        assertThat(status(server, "POST", "HTTP/1.1", "localhost", own + other)).isEqualTo(403);
        assertThat(status(server, "POST", "HTTP/1.1", "localhost", other + own)).isEqualTo(403);
        assertThat(status(server, "POST", "HTTP/1.1", "localhost", own + own)).isEqualTo(200);
    }

    @Test
    void shouldRefuseEveryOriginWhenTheRequestHasNoHost() throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST /written HTTP/1.0\r\nOrigin: http://localhost\r\nContent-Length: 0\r\n\r\n");

            // then
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("(expected: none); nothing was recorded");
        }
    }

    @Test
    void shouldCompareWithTheTargetWhenItIsAbsolute() throws Exception {
        // given
        String start =
                "POST http://localhost:8080/written HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nOrigin: ";
        try (RawClient client = server.client()) {
            // when
            client.send(start + "http://localhost:8080\r\n\r\n" + start + "http://localhost\r\n\r\n");

            // then
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(403);
        }
    }

    @Test
    void shouldAnswerReadsWhateverTheOrigin() throws Exception {
        // given
        String headers = " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Length: 1\r\n\r\na";
        try (RawClient client = server.client()) {
            for (String request : List.of("POST /echo", "GET /names/a", "GET /operational", "GET /health")) {
                // when
                client.send(request + headers);

                // then
                RawClient.Answer answer = client.answer();
                assertThat(answer.status()).as(request).isEqualTo(200);
                assertThat(answer.head().toLowerCase(Locale.ROOT)).doesNotContain("access-control");
            }
        }
    }

    @Test
    void shouldGrantNothingToAPreflight() throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("OPTIONS /written HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                    + "Access-Control-Request-Method: PUT\r\n\r\n");

            // then
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.head().toLowerCase(Locale.ROOT)).doesNotContain("access-control");
        }
    }

    @Test
    void shouldRefuseBeforeTheBodyAndKeepTheConnection() throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send(
                    "POST /written HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n0\r\n\r\nGET /names/next HTTP/1.1\r\nHost: localhost\r\n\r\n");

            // then
            assertThat(client.answer().status()).isEqualTo(403);
            assertThat(client.answer().text()).isEqualTo("next");
            assertThat(server.registry
                            .get("tally.http.requests")
                            .tags("method", "POST", "route", "/written", "status", "4xx")
                            .timer()
                            .count())
                    .isPositive();
        }
    }

    @Test
    void shouldRefuseOtherOriginsBeyondLoopbackTooAndAllowItsOwnThroughTls() throws Exception {
        try (TestServer open = new TestServer(new HttpSettings(BEYOND_LOOPBACK, 0), HttpLimits.defaults())) {
            String host = "tally.example.com";
            for (String origin :
                    List.of("http://tally.example.com", "https://tally.example.com", "https://tally.example.com:443")) {
                assertThat(status(open, "POST", "HTTP/1.1", host, "Origin: " + origin + "\r\n"))
                        .as(origin)
                        .isEqualTo(200);
            }
            for (String origin :
                    List.of("https://evil.example", "null", "https://tally.example.com:80", "ftp://" + host)) {
                assertThat(status(open, "POST", "HTTP/1.1", host, "Origin: " + origin + "\r\n"))
                        .as(origin)
                        .isEqualTo(403);
            }
            assertThat(status(open, "POST", "HTTP/1.1", host, "")).isEqualTo(200);
            assertThat(open.written).hasValue(4);
        }
    }

    private static int status(TestServer server, String method, String version, String host, String headers)
            throws Exception {
        return answer(server, method, version, host, headers).status();
    }

    private static RawClient.Answer answer(
            TestServer server, String method, String version, String host, String headers) throws Exception {
        try (RawClient client = server.client()) {
            client.send(method + " /written " + version + "\r\nHost: " + host + "\r\n" + headers
                    + "Content-Length: 0\r\n\r\n");
            return method.equals("HEAD") ? client.answerWithoutBody() : client.answer();
        }
    }
}
