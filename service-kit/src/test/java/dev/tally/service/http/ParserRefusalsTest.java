package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.service.http.response.Response;
import dev.tally.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that Undertow's parser does not accept as a request is refused with a problem like any other error. */
class ParserRefusalsTest {
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

    private final TestServer server = new TestServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /names/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /names/a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /names/\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /names/a HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /names/a HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET /names/a HTTP/1.1\r\n: x\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void shouldAnswerAProblemAndCloseWhenTheBytesAreNoRequest(String bytes) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send(bytes);

            // then
            assertRefused(client);
        }
    }

    @Test
    void shouldAnswerAProblemWhenTheRequestLineOrTheHeadersAreTooLarge() throws Exception {
        for (String request : List.of(
                "GET /names/" + "a".repeat(17_000) + HOST + "\r\n",
                "GET /names/a" + HOST + "X-Big: " + "x".repeat(17_000) + "\r\n\r\n",
                "GET /names/a" + HOST + "X-Many: y\r\n".repeat(101) + "\r\n")) {
            try (RawClient client = server.client()) {
                // when
                client.send(request);

                // then
                assertRefused(client);
            }
        }
    }

    @Test
    void shouldAnswerAProblemWhenGarbageFollowsRequestsOnTheSameConnection() throws Exception {
        try (RawClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /names/a" + HOST + "\r\n");
                assertThat(client.answer().text()).isEqualTo("a");
            }

            // when
            client.send("GET /names/%zz" + HOST + "\r\n");

            // then
            assertRefused(client);
        }
    }

    @Test
    void shouldAnswerBothWhenGarbageComesWithARequest() throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("GET /names/a" + HOST + "\r\n" + "GET /names/%zz" + HOST + "\r\n");

            // then
            assertThat(client.answer().text()).isEqualTo("a");
            assertRefused(client);
        }
    }

    @Test
    void shouldCountThemAsRequestsWithoutARoute() throws Exception {
        // when
        try (RawClient client = server.client()) {
            client.send("GARBAGE\r\n\r\n");
            assertRefused(client);
        }

        // then
        await().untilAsserted(() -> assertThat(server.registry
                        .get("tally.http.requests")
                        .tags("method", "any", "route", "unmatched", "status", "4xx")
                        .timer()
                        .count())
                .isEqualTo(1));
    }

    /** The body of an endpoint's answer is not changed, even if it contains the bytes of the parser's own refusal. */
    @Test
    void shouldNotTouchTheBodyOfAnAnswer() throws Exception {
        try (TestServer large = new TestServer();
                RawClient client = large.client()) {
            // given
            client.send("GET /hold" + HOST + "\r\n");
            Request held = await().until(large.held::poll, request -> request != null);
            String bare = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

            // when
            held.respond(Response.of(200, "text/plain", bare.repeat(200_000)));

            // then
            assertThat(client.answer().text()).isEqualTo(bare.repeat(200_000));
        }
    }

    private static void assertRefused(RawClient client) throws Exception {
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.head())
                .contains("Content-Type: application/problem+json\r\n")
                .contains("Connection: close\r\n")
                .contains("X-Content-Type-Options: nosniff\r\n")
                .contains("Cache-Control: no-store\r\n")
                .containsPattern("X-Request-Id: [0-9a-z]{9,16}\r\n");
        String id = answer.head().replaceFirst("(?s).*X-Request-Id: ([0-9a-z]+).*", "$1");
        assertThat(answer.text())
                .startsWith(
                        "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"Malformed HTTP/1.1 request")
                .endsWith("\"code\":\"invalid_request\",\"requestId\":\"" + id + "\"}");
        assertThat(client.isClosedByServer()).isTrue();
    }
}
