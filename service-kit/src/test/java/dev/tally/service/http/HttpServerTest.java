package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final String HOST = "Host: localhost\r\n";

    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(
                new HttpSettings("127.0.0.1", 0),
                List.of(
                        new Route("GET", "/names/{a}/{b}", this::names),
                        new Route("POST", "/later", this::later),
                        new Route("POST", "/echo", this::echo)),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        server.close();
        elsewhere.shutdownNow();
    }

    private void names(Request request) {
        request.query().only();
        String names = request.pathParameter("a") + "|" + request.pathParameter("b");
        request.respond(Response.of(200, "text/plain", names));
    }

    private void echo(Request request) throws Exception {
        request.readBody(64, (read, body) -> read.respond(Response.of(200, "text/plain", body)));
    }

    private void later(Request request) throws Exception {
        request.readBody(
                64,
                (read, body) -> elsewhere.execute(
                        () -> read.respond(Response.of(202, "text/plain", body).noStore())));
    }

    @Test
    void shouldAnswerFromAnotherThreadWhenTheBodyComesWithTheHeaders() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            // when
            client.send("POST /later HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello");
            RawClient.Answer first = client.answer();
            client.send("POST /later HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nyou");
            RawClient.Answer second = client.answer();

            // then
            assertThat(first.status()).isEqualTo(202);
            assertThat(first.text()).isEqualTo("hello");
            assertThat(first.head()).contains("X-Request-Id: ").contains("Cache-Control: no-store");
            assertThat(second.text()).isEqualTo("you");
        }
    }

    @Test
    void shouldDecodeSegmentsOnceWhenTheyHoldEscapes() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            // when
            client.send("GET /names/a%2Fb;x=1/%252F+%C3%A9 HTTP/1.1\r\n" + HOST + "\r\n");

            // then
            assertThat(client.answer().text()).isEqualTo("a/b;x=1|%2F+é");
        }
    }

    @Test
    void shouldNameTheMethodsWhenAnotherIsAsked() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            // when
            client.send("DELETE /names/a/b HTTP/1.1\r\n" + HOST + "X-Request-Id: me.1\r\n\r\n");
            RawClient.Answer answer = client.answer();

            // then
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.head()).contains("Allow: GET, HEAD").contains("application/problem+json");
            assertThat(answer.text())
                    .contains("\"code\":\"method_not_allowed\"")
                    .contains("\"requestId\":\"me.1\"");
        }
    }

    @Test
    void shouldReadABodyThatComesInPieces() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            // when
            client.send("POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");
            client.send("lo\r\n3\r\nyou\r\n");
            client.send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            // then
            assertThat(client.answer().text()).isEqualTo("helloyou");
        }
    }
}
