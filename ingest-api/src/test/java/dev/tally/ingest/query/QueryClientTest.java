package dev.tally.ingest.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.Request;
import dev.tally.testkit.StalledServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against real servers that answer slowly, incorrectly or not at all. */
class QueryClientTest {
    private static final CounterName COUNTER = CounterName.of("shop", "a/b ü");
    private static final Instant TIME = Instant.ofEpochMilli(1_790_000_000_000L);
    private static final ReadResult<Total> FOUND = new ReadResult.Found<>(
            new Total(-42, TIME), new AsOf(new Receipt(3, 17), TIME, 0L, AsOf.Role.ACTIVE, TIME), EventOutcome.APPLIED);

    private final QueryServer server = new QueryServer();
    private final QueryClient client = new QueryClient(ReadProtocol.LIVE, server.url(), 3);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ReadQuery query(Duration wait) {
        return ReadQuery.outcomeOf(new Receipt(3, 17), new EventContent(Operation.ADD, -5), "a b+&/%", wait);
    }

    private CompletableFuture<ReadResult<Total>> ask() {
        return ask(client, Duration.ofSeconds(20));
    }

    private static CompletableFuture<ReadResult<Total>> ask(QueryClient client, Duration wait) {
        return client.read(COUNTER, query(wait)).toCompletableFuture().orTimeout(40, TimeUnit.SECONDS);
    }

    private static String reason(CompletableFuture<ReadResult<Total>> answer) {
        assertThat(answer.join()).isInstanceOf(NotReady.class);
        return ((NotReady<?>) answer.join()).reason();
    }

    @Test
    void shouldSendARequestOfTheReadProtocol() {
        // when
        CompletableFuture<ReadResult<Total>> answer = ask();
        Request request = server.next();

        // then
        assertThat(request.rawPath() + "?" + request.exchange().getQueryString())
                .isEqualTo(ReadProtocol.LIVE.total(COUNTER).target(query(Duration.ofSeconds(20))));
        assertThat(ReadProtocol.parseQuery(request.query()::get)).isEqualTo(query(Duration.ofSeconds(20)));
        QueryServer.answer(request, 200, ResultFormat.TOTAL.write(FOUND));
        assertThat(answer.join()).isEqualTo(FOUND);
    }

    @Test
    void shouldSendTheRequestId() {
        // when
        var unused = client.askedBy("till-3.4711").read(COUNTER, query(Duration.ofSeconds(20)));

        // then
        Request request = server.next();
        assertThat(request.requestId()).isEqualTo("till-3.4711");
        QueryServer.answer(request, 200, ResultFormat.TOTAL.write(FOUND));
    }

    @Test
    void shouldEndEveryReadWhenWaitingIsStopped() {
        // given
        CompletableFuture<ReadResult<Total>> answer = ask();
        server.next();

        // when
        client.stopWaiting();

        // then
        assertThat(answer).isDone();
        assertThat(reason(answer)).isEqualTo("this process is shutting down");
        assertThat(ask()).isDone();
    }

    @Test
    void shouldTakeAnAnswerThatComesLateWithinTheWait() {
        // given
        CompletableFuture<ReadResult<Total>> answer = ask();
        Request request = server.next();

        // when
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);

        // then
        assertThat(answer).isNotDone();
        QueryServer.answer(request, 200, ResultFormat.TOTAL.write(new NotReady<>("restoring")));
        assertThat(reason(answer)).isEqualTo("restoring");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 404, 500, 503})
    void shouldBeNotReadyWhenTheStatusIsNot200(int status) {
        // when
        CompletableFuture<ReadResult<Total>> answer = ask();
        QueryServer.answer(server.next(), status, status == 204 ? new byte[0] : ResultFormat.TOTAL.write(FOUND));

        // then
        assertThat(reason(answer)).isEqualTo("query-api: it answered " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"status\":\"found\"}", "{\"status\":\"elsewhere\",\"owner\":null}x"})
    void shouldBeNotReadyWhenTheAnswerIsMalformed(String body) {
        // when
        CompletableFuture<ReadResult<Total>> answer = ask();
        QueryServer.answer(server.next(), 200, body);

        // then
        assertThat(reason(answer)).startsWith("query-api: its answer is malformed: ");
    }

    @Test
    void shouldBeNotReadyWhenTheAnswerIsTooLong() {
        // when
        CompletableFuture<ReadResult<Total>> answer = ask();
        QueryServer.answer(server.next(), 200, " ".repeat(ResultFormat.TOTAL_BYTES_MAX + 1));

        // then
        assertThat(reason(answer)).contains("longer than 4096 bytes");
    }

    @Test
    void shouldBeNotReadyWhenQueryApiIsNotReachable() throws IOException {
        // given
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        // when
        try (QueryClient nobody = new QueryClient(ReadProtocol.LIVE, "http://127.0.0.1:" + port)) {
            // then
            assertThat(reason(ask(nobody, Duration.ofSeconds(20)))).isEqualTo("query-api: it cannot be reached");
        }
    }

    @Test
    void shouldEndTwoSecondsAfterTheWaitWhenNoAnswerComes() {
        // given
        long started = System.nanoTime();

        // when
        CompletableFuture<ReadResult<Total>> answer = ask(client, Duration.ofMillis(100));

        // then
        assertThat(reason(answer)).isEqualTo("query-api: it did not answer within 2100 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(2_100), Duration.ofSeconds(10));
    }

    @Test
    void shouldCloseTheConnectionWhenTheAnswerStopsHalfWay() throws IOException {
        try (StalledServer stalled = new StalledServer();
                QueryClient asking = new QueryClient(ReadProtocol.LIVE, stalled.url())) {
            // when
            CompletableFuture<ReadResult<Total>> answer = ask(asking, Duration.ofMillis(100));

            // then
            assertThat(reason(answer)).isEqualTo("query-api: it did not answer within 2100 ms");
            await().until(stalled::isClosedByClient);
        }
    }

    @Test
    void shouldRefuseAtOnceWhenTheLimitIsReachedAndRecover() {
        // given
        List<CompletableFuture<ReadResult<Total>>> three = new ArrayList<>(List.of(ask(), ask(), ask()));
        await().until(() -> server.waiting() == 3);

        // when
        CompletableFuture<ReadResult<Total>> fourth = ask();

        // then
        assertThat(fourth).isDone();
        assertThat(reason(fourth)).isEqualTo("too many writes are waiting");

        // when
        for (int i = 0; i < 3; i++) {
            QueryServer.answer(server.next(), 200, ResultFormat.TOTAL.write(FOUND));
        }

        // then
        assertThat(three).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(FOUND));
        await().untilAsserted(() -> {
            CompletableFuture<ReadResult<Total>> again = ask();
            assertThat(again).isNotDone();
            QueryServer.answer(server.next(), 200, ResultFormat.TOTAL.write(FOUND));
            assertThat(again.join()).isEqualTo(FOUND);
        });
    }

    @Test
    void shouldEndEveryCallAndItsThreadsWhenItCloses() {
        // given
        CompletableFuture<ReadResult<Total>> answer = ask();
        server.next();

        // when
        client.close();

        // then
        assertThat(answer).isDone();
        assertThat(reason(answer)).isEqualTo("this process is shutting down");
        assertThat(ask()).isDone();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("tally-ingest-query")));
    }
}
