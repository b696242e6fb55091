package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.response.ResponseStream;
import dev.tally.service.http.response.StreamEnd;
import dev.tally.service.http.response.StreamProducer;
import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Responses that are streams, over real connections. */
class StreamTest {
    private static final String GET = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final byte[] BLOCK = new byte[16 << 10];
    /** More than the kernel holds for a connection whose client does not read. */
    private static final int BLOCKS_MAX = 16_384;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BlockingQueue<Probe> opened = new LinkedBlockingQueue<>();
    private HttpServer server = start(HttpLimits.defaults());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldSendTheHeadBeforeTheFirstByte() throws Exception {
        try (StreamClient client = client()) {
            // when
            client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: r1\r\n\r\n");
            String head = client.head();

            // then
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: text/event-stream\r\n")
                    .contains("Transfer-Encoding: chunked\r\n")
                    .contains("X-Request-Id: r1\r\n")
                    .contains("X-Content-Type-Options: nosniff\r\n")
                    .contains("Cache-Control: no-store\r\n")
                    .contains("Connection: close\r\n")
                    .doesNotContain("Content-Length");

            // when
            Probe stream = next();
            assertThat(stream.write("first")).isTrue();

            // then
            assertThat(client.chunk()).isEqualTo("first");
        }
    }

    @Test
    void shouldSendEveryByteInTheOrderOfTheCallsWhenAnotherThreadWrites() throws Exception {
        restart(HttpLimits.defaults().withStreams(10, 8 << 20));
        try (StreamClient client = client().send(GET)) {
            // given
            client.head();
            Probe stream = next();
            StringBuilder expected = new StringBuilder();

            // when
            for (int i = 0; i < 200_000; i++) {
                String piece = i + " ";
                expected.append(piece);
                assertThat(stream.write(piece)).isTrue();
            }
            stream.end();

            // then
            assertThat(client.chunks()).isEqualTo(expected.toString());
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(stream.closed()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(stream.write("more")).isFalse();
            await().until(() -> inFlight() == 0);
        }
    }

    @Test
    void shouldSendAnEmptyBodyWhenNothingIsWritten() throws Exception {
        try (StreamClient client = client().send(GET)) {
            // when
            next().end();

            // then
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.chunks()).isEmpty();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldSendAnEmptyBodyWhenTheStreamEndsBeforeItsHeadIsSent() throws Exception {
        try (StreamClient client = client().send(GET.replace("/stream", "/ends"))) {
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.chunks()).isEmpty();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldSendTheBytesWithoutChunksWhenTheClientSpeaksHttp10() throws Exception {
        try (StreamClient client = client().send("GET /stream HTTP/1.0\r\nHost: localhost\r\n\r\n")) {
            // when
            Probe stream = next();
            stream.write("a");
            stream.write("b");
            stream.end();

            // then
            assertThat(client.head()).doesNotContain("Transfer-Encoding");
            assertThat(client.rest()).isEqualTo("ab");
        }
    }

    @Test
    void shouldSendOnlyTheHeadWhenTheMethodIsHead() throws Exception {
        try (StreamClient client = client().send("HEAD /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            // when
            String head = client.head();

            // then
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: text/event-stream\r\n")
                    .doesNotContain("Content-Length");
            assertThat(client.isClosedByServer()).isTrue();
            await().until(() -> inFlight() == 0);
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void shouldCloseTheConnectionWhenItsClientReadsTooSlowly() throws Exception {
        try (StreamClient slow = client().send(GET);
                StreamClient other = client()) {
            // given
            Probe stream = next();
            other.send(GET).head();
            Probe prompt = next();

            // when
            int blocks = 0;
            while (blocks < BLOCKS_MAX && stream.write(BLOCK)) {
                blocks++;
            }

            // then
            assertThat(blocks).isLessThan(BLOCKS_MAX);
            assertThat(stream.closed()).isEqualTo(StreamEnd.TOO_SLOW);
            assertThat(stream.write("more")).isFalse();
            prompt.write("prompt");
            assertThat(other.chunk()).isEqualTo("prompt");
            await().until(() -> inFlight() == 1);
            assertThat(endsEarly(slow)).isTrue();
        }
    }

    @Test
    void shouldCloseTheConnectionWhenItsClientReadsNothingUpToTheDeadline() throws Exception {
        restart(TestServer.limits(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(5))
                .withStreams(10, Integer.MAX_VALUE));
        try (StreamClient client = client().send(GET)) {
            // when
            Probe stream = next();
            for (int i = 0; i < 2_000; i++) {
                stream.write(BLOCK);
            }

            // then
            assertThat(stream.closed()).isEqualTo(StreamEnd.TOO_SLOW);
            assertThat(endsEarly(client)).isTrue();
        }
    }

    @Test
    void shouldKeepAStreamOpenWhenThereIsNothingToSend() throws Exception {
        restart(TestServer.limits(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(5)));
        try (StreamClient client = client().send(GET)) {
            // given
            client.head();
            Probe stream = next();

            // then
            await().during(Duration.ofMillis(600)).until(() -> !stream.isClosed());
            assertThat(stream.write("late")).isTrue();
            assertThat(client.chunk()).isEqualTo("late");
        }
    }

    @Test
    void shouldAnswerOverloadedWhenTooManyStreamsAreOpen() throws Exception {
        restart(HttpLimits.defaults().withStreams(2, 1_000));
        try (StreamClient first = client().send(GET);
                StreamClient second = client().send(GET);
                StreamClient third = client()) {
            // given
            Probe stream = next();
            next();

            // when
            String refused = third.send(GET).head();

            // then
            assertThat(refused).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n");
            assertThat(third.text(lengthIn(refused)))
                    .contains("\"code\":\"overloaded\"")
                    .contains("limit 2");
            assertThat(opened).isEmpty();

            // when
            stream.end();
            stream.closed();

            // then
            assertThat(third.send(GET).head()).startsWith("HTTP/1.1 200 OK\r\n");
            next();
            assertThat(first.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(second.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void shouldTellTheProducerWhenTheClientCloses() throws Exception {
        // given
        StreamClient client = client().send(GET);
        Probe stream = next();
        client.head();

        // when
        client.close();

        // then
        assertThat(stream.closed()).isEqualTo(StreamEnd.DISCONNECTED);
        assertThat(stream.write("more")).isFalse();
        await().until(() -> inFlight() == 0);
    }

    @Test
    void shouldTellTheProducerWhenTheClientEndsItsSide() throws Exception {
        try (StreamClient client = client().send(GET)) {
            // given
            Probe stream = next();
            client.head();

            // when
            client.endOfInput();

            // then
            assertThat(stream.closed()).isEqualTo(StreamEnd.DISCONNECTED);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldDiscardWhatTheClientSendsDuringAStream() throws Exception {
        try (StreamClient client = client().send(GET + GET)) {
            // given
            client.head();
            Probe stream = next();

            // when
            client.send(BLOCK);
            stream.write("x");
            stream.end();

            // then
            assertThat(client.chunks()).isEqualTo("x");
            assertThat(stream.closed()).isEqualTo(StreamEnd.COMPLETE);
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void shouldEndItsStreamsWhenTheServerCloses() throws Exception {
        try (StreamClient client = client().send(GET)) {
            // given
            Probe stream = next();
            client.head();
            stream.write("a");

            // when
            CompletableFuture.runAsync(server::close).get(10, TimeUnit.SECONDS);

            // then
            assertThat(client.chunks()).isEqualTo("a");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(stream.closed()).isEqualTo(StreamEnd.SHUTTING_DOWN);
            assertThat(stream.write("more")).isFalse();
        }
    }

    @Test
    void shouldCloseTheConnectionWhenItsProducerFails() throws Exception {
        try (StreamClient client = client().send("GET /fails HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            // then
            assertThat(client.isClosedByServer()).isTrue();
            await().until(() -> inFlight() == 0);
        }
    }

    private HttpServer start(HttpLimits limits) {
        return HttpServer.start(
                new HttpSettings("127.0.0.1", 0),
                limits,
                List.of(
                        new Route(
                                "GET",
                                "/ends",
                                request -> request.respond(Response.stream("text/event-stream", new Ending()))),
                        new Route(
                                "GET",
                                "/stream",
                                request -> request.respond(Response.stream("text/event-stream", new Probe())
                                        .noStore())),
                        new Route(
                                "GET",
                                "/fails",
                                request -> request.respond(Response.stream("text/event-stream", new Failing())))),
                registry);
    }

    private void restart(HttpLimits limits) {
        server.close();
        registry.clear();
        server = start(limits);
    }

    private StreamClient client() throws IOException {
        return new StreamClient(server.port());
    }

    private Probe next() throws InterruptedException {
        Probe stream = opened.poll(10, TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        return stream;
    }

    private double inFlight() {
        return registry.get("tally.http.requests.in.flight").gauge().value();
    }

    private static int lengthIn(String head) {
        return Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
    }

    /** Whether the body ends without its last chunk. */
    private static boolean endsEarly(StreamClient client) {
        try {
            return !client.rest().endsWith("\r\n0\r\n\r\n");
        } catch (IOException e) {
            return true; // reset
        }
    }

    /** A producer whose stream the test writes. */
    private final class Probe implements StreamProducer {
        private final CompletableFuture<StreamEnd> end = new CompletableFuture<>();
        private volatile ResponseStream stream;

        @Override
        public void opened(ResponseStream stream) {
            this.stream = stream;
            opened.add(this);
        }

        @Override
        public void closed(StreamEnd reason) {
            assertThat(end.complete(reason)).isTrue();
        }

        boolean write(String text) {
            return write(text.getBytes(StandardCharsets.UTF_8));
        }

        boolean write(byte[] bytes) {
            return stream.write(bytes);
        }

        void end() {
            stream.end();
        }

        boolean isClosed() {
            return end.isDone();
        }

        StreamEnd closed() throws Exception {
            return end.get(10, TimeUnit.SECONDS);
        }
    }

    private static final class Ending implements StreamProducer {
        @Override
        public void opened(ResponseStream stream) {
            stream.end();
        }

        @Override
        public void closed(StreamEnd end) {
            // nothing to release
        }
    }

    private static final class Failing implements StreamProducer {
        @Override
        public void opened(ResponseStream stream) {
            throw new IllegalStateException("a failure of the producer");
        }

        @Override
        public void closed(StreamEnd end) {
            // nothing to release
        }
    }
}
