package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.response.Response;
import dev.tally.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ResponseTest {
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

    private final TestServer server =
            new TestServer(TestServer.limits(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(5)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerFromAnotherThreadWhenTheRequestIsHeld() throws Exception {
        try (RawClient client = server.client()) {
            // given
            client.send("GET /hold" + HOST + "\r\n");
            Request held = held();

            // when
            boolean taken =
                    held.respond(Response.of(200, "text/plain", "at last").noStore());
            boolean again = held.respond(Response.of(200, "text/plain", "once more"));

            // then
            RawClient.Answer answer = client.answer();
            assertThat(taken).isTrue();
            assertThat(again).isFalse();
            assertThat(answer.text()).isEqualTo("at last");
            assertThat(answer.head()).contains("Cache-Control: no-store\r\n").contains("Content-Type: text/plain\r\n");
            client.send("GET /names/next" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("next");
        }
    }

    @Test
    void shouldAnswerAllOfABurstWhenTheyComeFromOneThread() throws Exception {
        // given
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RawClient client = server.client();
            client.send("GET /hold" + HOST + "X-Request-Id: " + i + "\r\n\r\n");
            clients.add(client);
        }
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            requests.add(held());
        }

        // when
        requests.forEach(request -> request.respond(Response.of(200, "text/plain", request.requestId())));

        // then
        for (int i = 0; i < 200; i++) {
            try (RawClient client = clients.get(i)) {
                assertThat(client.answer().text()).isEqualTo(String.valueOf(i));
            }
        }
        await().until(() -> server.inFlight() == 0);
    }

    @Test
    void shouldForgetTheAnswerWhenTheClientIsGone() throws Exception {
        // given
        RawClient client = server.client();
        client.send("GET /hold" + HOST + "\r\n");
        Request held = held();
        client.close();

        // when
        held.respond(Response.of(200, "text/plain", "x".repeat(10_000_000)));

        // then
        await().until(() -> server.inFlight() == 0);
    }

    static Stream<ErrorCode> codes() {
        return Stream.concat(Stream.of(HttpErrorCode.values()), Stream.of(OwnCode.values()));
    }

    /** The codes of one service. */
    private enum OwnCode implements ErrorCode {
        CONFLICT,
        NOT_NOW;

        @Override
        public String code() {
            return "own_" + ordinal();
        }

        @Override
        public int status() {
            return this == CONFLICT ? 409 : 503;
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void shouldWriteProblemsAsRfc9457SaysWhateverTheCode(ErrorCode code) throws Exception {
        try (RawClient client = server.client()) {
            // given
            client.send("GET /hold" + HOST + "X-Request-Id: my-id\r\n\r\n");

            // when
            held().problem(
                            code,
                            "why: \"x\" (expected: y)",
                            json -> json.name("receipt").value("0-1"));

            // then
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(code.status());
            assertThat(answer.head())
                    .contains("Content-Type: application/problem+json\r\n")
                    .contains("X-Request-Id: my-id\r\n");
            assertThat(answer.head().contains("Retry-After: 1\r\n")).isEqualTo(code.status() == 503);
            Map<String, String> members = members(answer.body());
            assertThat(members)
                    .containsOnlyKeys("type", "title", "status", "detail", "code", "requestId", "receipt")
                    .containsEntry("type", "about:blank")
                    .containsEntry("status", String.valueOf(code.status()))
                    .containsEntry("detail", "why: \"x\" (expected: y)")
                    .containsEntry("code", code.code())
                    .containsEntry("requestId", "my-id");
            assertThat(members.get("title")).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /names/a",
                "HEAD /names/a",
                "GET /names/%FF/b",
                "GET /nothing",
                "PUT /names/a",
                "GET /fails",
                "GET /health"
            })
    void shouldForbidToGuessTheTypeOfAnyAnswer(String request) throws Exception {
        try (RawClient client = server.client()) {
            client.send(request + HOST + "\r\n");
            assertThat(client.answerWithoutBody().head()).containsOnlyOnce("X-Content-Type-Options: nosniff\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c-9", "0123456789"})
    void shouldEchoTheRequestIdWhenItIsDecent(String id) throws Exception {
        try (RawClient client = server.client()) {
            client.send("GET /names/a" + HOST + "X-Request-Id: " + id + "\r\n\r\n");
            assertThat(client.answer().head()).contains("X-Request-Id: " + id + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "é", "<script>", "LONG"})
    void shouldMakeARequestIdWhenTheClientsIsNot(String id) throws Exception {
        try (RawClient client = server.client()) {
            String sent = id.equals("LONG") ? "x".repeat(129) : id;
            client.send("GET /names/a" + HOST + "X-Request-Id: " + sent + "\r\n\r\n");
            assertThat(client.answer().head()).containsPattern("X-Request-Id: [0-9a-z]{9,16}\r\n");
        }
    }

    @Test
    void shouldLogTheStackOnceAndSendNoneOfItsTextWhenAnEndpointFails() throws Exception {
        // given
        Logger logger = (Logger) LoggerFactory.getLogger(Request.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        try (RawClient client = server.client()) {
            for (String request : List.of("GET /fails" + HOST + "\r\n", "POST /fails-later" + HOST + "\r\n")) {
                // when
                client.send(request);
                RawClient.Answer answer = client.answer();

                // then
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.text()).contains("\"code\":\"internal\"").doesNotContain("secret");
                assertThat(log.list).hasSize(1);
                assertThat(log.list.get(0).getThrowableProxy().getMessage()).contains("secret");
                assertThat(log.list.get(0).getFormattedMessage())
                        .contains(members(answer.body()).get("requestId"));
                log.list.clear();
            }
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }
    }

    @Test
    void shouldSendALargeAnswerWhenTheClientReadsItSlowly() throws Exception {
        try (TestServer patient = new TestServer();
                RawClient client = patient.client()) {
            client.send("GET /large/20000000" + HOST + "\r\n");
            await().until(() -> patient.inFlight() == 1);
            assertThat(client.answer().body().length).isEqualTo(20_000_000);
            client.send("GET /names/next" + HOST + "\r\n");
            assertThat(client.answer().text()).isEqualTo("next");
        }
    }

    @Test
    void shouldCloseTheConnectionWhenTheClientDoesNotReadItsAnswer() throws Exception {
        try (RawClient client = server.client()) {
            client.send("GET /large/20000000" + HOST + "\r\n");
            await().until(() -> server.inFlight() == 1);
            await().until(() -> server.inFlight() == 0);
        }
    }

    @Test
    void shouldCountLatenciesByRouteMethodAndStatusClass() throws Exception {
        try (RawClient client = server.client()) {
            // when
            for (String request :
                    List.of("GET /names/a/b", "GET /names/c/d", "GET /names/%FF/b", "GET /nothing", "POST /echo")) {
                client.send(request + HOST + "\r\n");
                client.answer();
            }
        }

        // then
        await().untilAsserted(() -> {
            assertThat(timed("GET", "/names/{a}/{b}", "2xx")).isEqualTo(2);
            assertThat(timed("GET", "/names/{a}/{b}", "4xx")).isEqualTo(1);
            assertThat(timed("any", "unmatched", "4xx")).isEqualTo(1);
            assertThat(timed("POST", "/echo", "2xx")).isEqualTo(1);
        });
    }

    private long timed(String method, String route, String status) {
        return server.registry
                .get("tally.http.requests")
                .tags("method", method, "route", route, "status", status)
                .timer()
                .count();
    }

    private Request held() throws InterruptedException {
        Request request = server.held.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static Map<String, String> members(byte[] body) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(body)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, parser.getText());
            }
        }
        return members;
    }
}
