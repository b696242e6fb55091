package dev.tally.service.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tally.testkit.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

@Timeout(60)
class HttpGetClientTest {
    private static final int BYTES_MAX = 1_000;
    private static final Duration LONG = Duration.ofSeconds(20);

    private ScriptedPeer peer;
    private HttpGetClient client;

    @BeforeEach
    void start() throws IOException {
        peer = new ScriptedPeer();
        client = new HttpGetClient("test-client");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        peer.close();
    }

    @Test
    void shouldAskWithTheTargetAsItIs() throws Exception {
        // given
        peer.answers.add(ScriptedPeer.ok("hello"));

        // when
        byte[] body = client.get(peer.origin(), "/a%2Fb?c=%20", "id-1", BYTES_MAX, LONG)
                .join();

        // then
        assertThat(new String(body, StandardCharsets.US_ASCII)).isEqualTo("hello");
        assertThat(peer.requests.take())
                .startsWith("GET /a%2Fb?c=%20 HTTP/1.1\r\n")
                .contains("\r\nHost: 127.0.0.1:" + peer.port() + "\r\n")
                .contains("\r\nX-Request-Id: id-1\r\n");
    }

    @Test
    void shouldUseOneConnectionForRequestsThatFollowEachOther() {
        for (int i = 0; i < 20; i++) {
            // given
            peer.answers.add(ScriptedPeer.ok("answer " + i));

            // when, then
            assertThat(text(ask(LONG))).isEqualTo("answer " + i);
        }
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void shouldUseAConnectionEachForRequestsAtTheSameTime() throws Exception {
        // when
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(ask(LONG));
        }
        for (int i = 0; i < 100; i++) {
            peer.requests.take();
        }
        for (int i = 0; i < 100; i++) {
            peer.answers.add(ScriptedPeer.ok("x"));
        }

        // then
        assertThat(all).allSatisfy(each -> assertThat(text(each)).isEqualTo("x"));
        assertThat(peer.connections).hasValue(100);
    }

    @Test
    void shouldAskAgainOverANewConnectionWhenTheServerHasClosedTheIdleOne() {
        // given
        peer.answers.add(ScriptedPeer.ok("one"));
        assertThat(text(ask(LONG))).isEqualTo("one");

        // when
        peer.answers.add(ScriptedPeer.HANG_UP);
        peer.answers.add(ScriptedPeer.ok("two"));

        // then
        assertThat(text(ask(LONG))).isEqualTo("two");
        assertThat(peer.connections).hasValue(2);
    }

    @Test
    void shouldFailWhenTheServerClosesANewConnection() {
        // given
        peer.answers.add(ScriptedPeer.HANG_UP);

        // when, then
        assertThat(reason(ask(LONG))).startsWith("the connection failed: ");
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void shouldForgetIdleConnectionsThatTheServerCloses() throws Exception {
        // given
        peer.answers.add(ScriptedPeer.ok("one"));
        assertThat(text(ask(LONG))).isEqualTo("one");

        // when
        peer.hangUp();
        await().until(() -> client.openConnections() == 0);
        peer.answers.add(ScriptedPeer.ok("two"));

        // then
        assertThat(text(ask(LONG))).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000})
    void shouldTakeABodyUpToTheBound(int bytes) {
        // given
        peer.answers.add(ScriptedPeer.ok("x".repeat(bytes)));
        peer.answers.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + (bytes == 0 ? "" : Integer.toHexString(bytes) + "\r\n" + "y".repeat(bytes) + "\r\n") + "0\r\n\r\n");

        // when, then
        assertThat(text(ask(LONG))).isEqualTo("x".repeat(bytes));
        assertThat(text(ask(LONG))).isEqualTo("y".repeat(bytes));
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void shouldFailAndHangUpWhenTheBodyIsLongerThanTheBound() {
        // given
        peer.answers.add(ScriptedPeer.ok("x".repeat(BYTES_MAX + 1)));

        // when, then
        assertThat(reason(ask(LONG))).isEqualTo("the answer is longer than 1000 bytes");
        await().untilAtomic(peer.closedByClient, count -> assertThat(count).isEqualTo(1));
    }

    @Test
    void shouldKeepTheConnectionWhenTheStatusIsNot200() {
        // given
        peer.answers.add("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy");
        peer.answers.add(ScriptedPeer.ok("two"));

        // when, then
        assertThat(reason(ask(LONG))).isEqualTo("it answered 503");
        assertThat(text(ask(LONG))).isEqualTo("two");
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void shouldFailAndHangUpWhenTheAnswerStopsHalfWay() {
        // given
        peer.answers.add("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

        // when, then
        assertThat(reason(ask(Duration.ofMillis(300)))).isEqualTo("it did not answer within 300 ms");
        await().untilAtomic(peer.closedByClient, count -> assertThat(count).isEqualTo(1));
    }

    @Test
    void shouldFailWhenTheAnswerIsNoHttp() {
        // given
        peer.answers.add("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n");

        // when, then
        assertThat(reason(ask(LONG))).startsWith("the connection failed: ");
    }

    @Test
    void shouldFailWhenNobodyListens() {
        // given
        int port = FreePort.find();

        // when, then
        assertThat(reason(client.get("http://127.0.0.1:" + port, "/", null, BYTES_MAX, LONG)))
                .isEqualTo("it cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:80", "ftp://127.0.0.1", "http://", "http://a b", "http://127.0.0.1/x"})
    void shouldFailWhenTheOriginIsNone(String origin) {
        assertThat(reason(client.get(origin, "/", null, BYTES_MAX, LONG))).isEqualTo("not an address: " + origin);
    }

    @Test
    void shouldResolveNames() throws Exception {
        // given
        peer.answers.add(ScriptedPeer.ok("named"));

        // when
        String origin = "http://localhost:" + peer.port();

        // then
        assertThat(text(client.get(origin, "/", null, BYTES_MAX, LONG))).isEqualTo("named");
        assertThat(peer.requests.take()).contains("\r\nHost: localhost:" + peer.port() + "\r\n");
        assertThat(reason(client.get("http://no-such-host.invalid:1", "/", null, BYTES_MAX, LONG)))
                .isEqualTo("its name is not known");
    }

    @Test
    void shouldAnswerOnTheIoThreadThatAsks() {
        // given
        XnioWorker worker =
                Xnio.getInstance().createWorkerBuilder().setWorkerIoThreads(2).build();
        try {
            peer.answers.add(ScriptedPeer.ok("one"));
            AtomicReference<@Nullable Thread> answering = new AtomicReference<>();

            // when
            worker.getIoThread(1)
                    .execute(() -> ask(LONG).whenComplete((body, failure) -> answering.set(Thread.currentThread())));

            // then
            await().untilAtomic(answering, thread -> assertThat(thread).isSameAs(worker.getIoThread(1)));
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void shouldFailWhatIsInFlightAndEndItsThreadsWhenItCloses() throws Exception {
        // given
        CompletableFuture<byte[]> inFlight = ask(LONG);
        peer.requests.take();

        // when
        client.close();

        // then
        assertThat(reason(inFlight)).isEqualTo("this process is stopping");
        assertThat(reason(ask(LONG))).isEqualTo("this process is stopping");
        peer.answers.add(ScriptedPeer.ok("too late"));
        await().untilAtomic(peer.closedByClient, count -> assertThat(count).isEqualTo(1));
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("test-client")));
    }

    private CompletableFuture<byte[]> ask(Duration answerMax) {
        return client.get(peer.origin(), "/", null, BYTES_MAX, answerMax);
    }

    private static String text(CompletableFuture<byte[]> answer) {
        return new String(answer.join(), StandardCharsets.US_ASCII);
    }

    private static @Nullable String reason(CompletableFuture<byte[]> answer) {
        Throwable thrown = catchThrowable(answer::join);
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(HttpGetException.class);
        return thrown.getCause().getMessage();
    }
}
