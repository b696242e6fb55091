package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.response.Response;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.RawClient;
import dev.tally.testkit.Seed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

    @Test
    void shouldAnswerOverloadedAtTheBoundOfConcurrentRequests() throws Exception {
        try (TestServer server = new TestServer(HttpLimits.defaults().withConcurrentRequestsMax(2));
                RawClient first = server.client();
                RawClient second = server.client();
                RawClient third = server.client()) {
            // given
            first.send("GET /hold" + HOST + "\r\n");
            Request held = server.held.poll(10, TimeUnit.SECONDS);
            second.send("GET /hold" + HOST + "\r\n");
            Request other = server.held.poll(10, TimeUnit.SECONDS);

            // when
            third.send("GET /names/a" + HOST + "\r\n");
            RawClient.Answer refused = third.answer();
            third.send("GET /operational" + HOST + "\r\n");
            RawClient.Answer watched = third.answer();

            // then
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("\"code\":\"overloaded\"");
            assertThat(refused.head()).contains("Retry-After: 1\r\n");
            assertThat(watched.text()).isEqualTo("here");
            assertThat(server.inFlight()).isEqualTo(2);

            // when
            held.respond(Response.of(200, "text/plain", "x"));
            first.answer();
            await().until(() -> server.inFlight() == 1);
            third.send("GET /names/a" + HOST + "\r\n");

            // then
            assertThat(third.answer().status()).isEqualTo(200);
            other.respond(Response.of(200, "text/plain", "x"));
            assertThat(second.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldSayThatItLivesWhenThoseWhoWatchAreTooMany() throws Exception {
        // given
        List<RawClient> watchers = new ArrayList<>();
        try (TestServer server = new TestServer();
                RawClient another = server.client()) {
            for (int i = 0; i < 64; i++) {
                watchers.add(server.client().send("GET /operational/hold" + HOST + "\r\n"));
            }
            await().until(() -> server.held.size() == 64);

            // when
            RawClient.Answer refused =
                    another.send("GET /operational" + HOST + "\r\n").answer();
            RawClient.Answer alive = another.send("GET /health" + HOST + "\r\n").answer();

            // then
            assertThat(refused.status()).isEqualTo(503);
            assertThat(alive.text()).isEqualTo("alive");
            server.held.forEach(held -> held.respond(Response.of(200, "text/plain", "x")));
            for (RawClient watcher : watchers) {
                assertThat(watcher.answer().status()).isEqualTo(200);
            }
            assertThat(another.send("GET /operational" + HOST + "\r\n").answer().text())
                    .isEqualTo("here");
        } finally {
            for (RawClient watcher : watchers) {
                watcher.close();
            }
        }
    }

    @Test
    void shouldServeThousandsOfConnectionsWithoutAThreadForEach() throws Exception {
        try (TestServer server = new TestServer()) {
            // given
            int threads = Thread.activeCount();
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                clients.add(server.client().send("GET /hold" + HOST + "\r\n"));
            }
            await().until(() -> server.held.size() == 2_000);

            // then
            assertThat(Thread.activeCount()).isLessThan(threads + 20);

            // when
            server.held.forEach(request -> request.respond(Response.of(200, "text/plain", "x")));

            // then
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(200);
                client.close();
            }
            await().until(() -> server.inFlight() == 0);
        }
    }

    @Test
    void shouldAcceptNoMoreConnectionsThanTheBound() throws Exception {
        // given
        HttpLimits limits = HttpLimits.defaults().withConnectionsMax(4);
        List<RawClient> clients = new ArrayList<>();
        try (TestServer server = new TestServer(limits)) {
            for (int i = 0; i < 12; i++) {
                clients.add(server.client().send("GET /hold" + HOST + "X-Request-Id: " + i + "\r\n\r\n"));
            }

            // then
            await().until(() -> server.held.size() == 4);
            await().during(Duration.ofMillis(300)).until(() -> server.held.size() == 4);

            // when
            for (int answered = 0; answered < 12; answered++) {
                Request request = server.held.poll(10, TimeUnit.SECONDS);
                assertThat(request).as("after %d", answered).isNotNull();
                request.respond(Response.of(200, "text/plain", "x"));

                // then
                try (RawClient client = clients.get(Integer.parseInt(request.requestId()))) {
                    assertThat(client.answer().status()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void shouldRefuseHeadersAtTheirBounds() throws Exception {
        try (TestServer server = new TestServer()) {
            assertThat(status(server, "GET /names/a" + HOST + "X-Big: " + "x".repeat(15_000) + "\r\n\r\n"))
                    .isEqualTo(200);
            assertThat(status(server, "GET /names/a" + HOST + "X-Big: " + "x".repeat(17_000) + "\r\n\r\n"))
                    .isBetween(400, 499);
            assertThat(status(server, "GET /names/a" + HOST + "X-Many: y\r\n".repeat(99) + "\r\n"))
                    .isEqualTo(200);
            assertThat(status(server, "GET /names/a" + HOST + "X-Many: y\r\n".repeat(101) + "\r\n"))
                    .isBetween(400, 499);
            assertThat(status(server, "GET /names/" + "a".repeat(15_000) + HOST + "\r\n"))
                    .isEqualTo(200);
            assertThat(status(server, "GET /names/" + "a".repeat(17_000) + HOST + "\r\n"))
                    .isBetween(400, 499);
            assertThat(status(server, "GET /query?" + "a=b&".repeat(101) + HOST + "\r\n"))
                    .isBetween(400, 499);
            assertThat(status(server, "GET /names/a" + HOST + "\r\n")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /names/a HTTP/1.1\r\nHost: loc", "GET /na", "G"})
    void shouldCloseTheConnectionWhenTheHeadersDoNotCome(String start) throws Exception {
        HttpLimits limits = TestServer.limits(Duration.ofMillis(300), Duration.ofSeconds(60), Duration.ofSeconds(5));
        try (TestServer server = new TestServer(limits);
                RawClient client = server.client()) {
            client.send(start);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldCloseTheConnectionWhenNoRequestComes() throws Exception {
        HttpLimits limits = TestServer.limits(Duration.ofSeconds(60), Duration.ofMillis(300), Duration.ofSeconds(5));
        try (TestServer server = new TestServer(limits)) {
            try (RawClient client = server.client()) {
                assertThat(client.isClosedByServer()).isTrue();
            }
            try (RawClient client = server.client()) {
                client.send("GET /names/a" + HOST + "\r\n");
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void shouldWaitForAHeldRequestWhenNothingElseComes() throws Exception {
        HttpLimits limits = TestServer.limits(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(5));
        try (TestServer server = new TestServer(limits);
                RawClient client = server.client()) {
            // given
            client.send("GET /hold" + HOST + "\r\n");
            Request held = server.held.poll(10, TimeUnit.SECONDS);

            // then
            await().during(Duration.ofMillis(600)).until(() -> server.inFlight() == 1);
            held.respond(Response.of(200, "text/plain", "late"));
            assertThat(client.answer().text()).isEqualTo("late");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /names/a HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET /names/a HTTP/1.1\r\nHost : localhost\r\n\r\n",
                "GET /names/a HTTP/1.1\r\n: x\r\n\r\n",
                "GET /names/a HTTP/1.1\r\nHost: localhost\r\nA\u0000B: x\r\n\r\n",
                "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
            })
    void shouldAnswer4xxOrCloseWhenTheBytesAreNoRequest(String bytes) throws Exception {
        HttpLimits limits = TestServer.limits(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(5));
        try (TestServer server = new TestServer(limits)) {
            try (RawClient client = server.client()) {
                client.send(bytes);
                int status = client.statusOrClosed();
                assertThat(status == RawClient.CLOSED || status >= 400 && status < 500)
                        .as("%d", status)
                        .isTrue();
            }
            assertThat(status(server, "GET /names/a" + HOST + "\r\n")).isEqualTo(200);
        }
    }

    @Test
    void shouldGoOnAnsweringWhateverGarbageComes() throws Exception {
        long seed = Seed.printed(BoundsTest.class);
        Random random = new Random(seed);
        HttpLimits limits = TestServer.limits(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(5));
        try (TestServer server = new TestServer(limits)) {
            String good = "POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
            for (int round = 0; round < 300; round++) {
                // given
                byte[] bytes = good.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                for (int damage = 1 + random.nextInt(4); damage > 0; damage--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }

                // when
                try (RawClient client = server.client()) {
                    client.send(bytes);
                    client.endOfInput();
                    int status = client.statusOrClosed();

                    // then
                    assertThat(status).as("seed %d, round %d", seed, round).isLessThan(500);
                }
            }
            await().until(() -> server.inFlight() == 0 && server.bodyBytesHeld() == 0);
            assertThat(status(server, "GET /names/a" + HOST + "\r\n")).isEqualTo(200);
        }
    }

    @Test
    void shouldSayOneSentenceWhenThePortIsInUse() {
        try (TestServer server = new TestServer()) {
            Assertions.assertThatExceptionOfType(CannotListenException.class)
                    .isThrownBy(() -> HttpServer.start(
                            new HttpSettings("127.0.0.1", server.port()), List.of(), new SimpleMeterRegistry()))
                    .withMessage("Port " + server.port() + " is in use: choose another with --http-port");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no-such-host.invalid"})
    void shouldSayOneSentenceWhenTheAddressIsNotOfThisMachine(String host) {
        Assertions.assertThatExceptionOfType(CannotListenException.class)
                .isThrownBy(() -> HttpServer.start(new HttpSettings(host, 0), List.of(), new SimpleMeterRegistry()))
                .withMessageStartingWith("Cannot listen on " + host + " port 0 (")
                .withMessageEndingWith("): choose others with TALLY_HTTP_HOST and --http-port");
    }

    @Test
    void shouldLetRequestsFinishAndRefuseNewOnesWhenClosing() throws Exception {
        // given
        TestServer server = new TestServer();
        try (RawClient busy = server.client();
                RawClient idle = server.client()) {
            busy.send("GET /hold" + HOST + "\r\n");
            Request held = server.held.poll(10, TimeUnit.SECONDS);
            idle.send("GET /names/a" + HOST + "\r\n");
            idle.answer();

            // when
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            RawClient.Answer refused = await().until(
                            () -> {
                                try (RawClient client = server.client()) {
                                    return client.send("GET /names/a" + HOST + "\r\n")
                                            .answer();
                                }
                            },
                            answer -> answer.status() == 503);

            // then
            assertThat(refused.text()).contains("\"code\":\"shutting_down\"");
            assertThat(refused.head()).contains("Retry-After: 1\r\n").contains("Connection: close\r\n");
            assertThat(closing).isNotDone();

            // when
            held.respond(Response.of(200, "text/plain", "done"));

            // then
            RawClient.Answer answer = busy.answer();
            assertThat(answer.text()).isEqualTo("done");
            assertThat(answer.head()).contains("Connection: close\r\n");
            closing.get(10, TimeUnit.SECONDS);
            assertThat(idle.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldCloseInBoundedTimeWhenARequestIsNeverAnswered() throws Exception {
        // given
        HttpLimits limits = TestServer.limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
        TestServer server = new TestServer(limits);
        try (RawClient client = server.client()) {
            client.send("GET /hold" + HOST + "\r\n");
            Request held = server.held.poll(10, TimeUnit.SECONDS);

            // when
            CompletableFuture.runAsync(server::close).get(10, TimeUnit.SECONDS);

            // then
            assertThat(client.isClosedByServer()).isTrue();
            held.respond(Response.of(200, "text/plain", "too late")); // has no effect: the client is disconnected
        }
    }

    private static int status(TestServer server, String request) throws Exception {
        try (RawClient client = server.client()) {
            client.send(request);
            return client.statusOrClosed();
        }
    }
}
