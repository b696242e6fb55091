package dev.tally.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.client.ReadClient;
import dev.tally.query.FakeStreams;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.AsOf.Role;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.Ownership.Owner;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.Request;
import dev.tally.testkit.Seed;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads that wait at instances of counter-streams, over real HTTP. */
class WaitingReadsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int AT_ONCE_MAX = 8;
    private static final int WAITING_MAX = 3;
    private static final EventContent ADD_7 = new EventContent(Operation.ADD, 7);
    private static final CounterName HELLO = CounterName.of("demo", "hello"); // on partition 0 of 1

    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final FakeStreams owner = new FakeStreams();
    private final FakeStreams other = new FakeStreams();
    private Routing routing;

    @AfterEach
    void close() {
        if (routing != null) {
            routing.close();
        }
        other.close();
        owner.close();
        later.shutdownNow();
    }

    @Test
    void shouldPassOnTheWholeQuery() throws Exception {
        // given
        long seed = Seed.printed(WaitingReadsTest.class);
        Random random = new Random(seed);
        start();
        owner.answers(FakeStreams.found(1, 0));
        List<ReadQuery> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(query(random));

            // when
            await(routing.read(HELLO, asked.get(i)));
        }

        // then
        assertThat(owner.queries()).isEqualTo(asked);
    }

    @Test
    void shouldPassOnTheLongestReceipt() throws Exception {
        // given
        start();
        owner.answers(new ReadResult.Found<>(
                new Total(1, Instant.EPOCH),
                new AsOf(new Receipt(0, Long.MAX_VALUE), Instant.EPOCH, 0L, Role.ACTIVE, Instant.EPOCH)));
        List<Receipt> parts = new ArrayList<>();
        for (int partition = 0; partition < Receipts.PARTITIONS_MAX; partition++) {
            parts.add(new Receipt(partition, Long.MAX_VALUE));
        }
        Receipts longest = Objects.requireNonNull(Receipts.parse(Receipts.text(parts)));

        // when
        ReadResult<Total> result =
                await(routing.read(HELLO, new ReadQuery(longest, false, Duration.ofSeconds(1), null)));

        // then
        assertThat(result).isInstanceOf(ReadResult.Found.class);
        assertThat(owner.queries()).extracting(ReadQuery::after).containsExactly(longest);
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void shouldPassOnThatItWasNotReached(Why why) throws Exception {
        // given
        start();
        owner.answers(new NotReached<>(why, "so it is"));

        // when, then
        assertThat(await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(1)))))
                .isEqualTo(new NotReached<>(why, "so it is"));
    }

    @Test
    void shouldPassOnTheOutcome() throws Exception {
        // given
        start();
        ReadResult<Total> said = new ReadResult.Found<>(
                new Total(5, Instant.ofEpochMilli(7)), FakeStreams.asOf(0), EventOutcome.DUPLICATE);
        owner.answers(said);

        // when, then
        assertThat(await(routing.read(
                        HELLO, ReadQuery.outcomeOf(new Receipt(0, 17), ADD_7, "x", Duration.ofSeconds(1)))))
                .isEqualTo(said);
    }

    @Test
    void shouldRefuseAnAnswerThatIsOlderThanRequested() throws Exception {
        // given: answers as of 0-17
        start();
        for (ReadResult<Total> said :
                List.<ReadResult<Total>>of(FakeStreams.found(1, 0), new ReadResult.Unknown<>(FakeStreams.asOf(0)))) {
            owner.answers(said);

            // when, then
            assertThat(await(routing.read(HELLO, after(0, 17, Duration.ZERO)))).isEqualTo(said);
            assertThat(await(routing.read(HELLO, after(5, 99, Duration.ZERO)))).isEqualTo(said);
            assertThat(await(routing.read(HELLO, after(0, 18, Duration.ZERO))))
                    .isEqualTo(new NotReady<>(
                            "counter-streams at " + owner.endpoint() + ": it answered as of an earlier receipt"));
        }
    }

    @Test
    void shouldWaitLongerThanTheTimeoutWhenTheReadWaits() throws Exception {
        // given: an answer after twice the timeout
        start();
        owner.answersRaw(request -> {
            later.schedule(
                    () -> request.respond(FakeStreams.response(FakeStreams.found(9, 0))), 1_000, TimeUnit.MILLISECONDS);
            return null;
        });

        // when, then
        assertThat(await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(10)))))
                .isEqualTo(FakeStreams.found(9, 0));
    }

    @Test
    void shouldGiveUpAfterTheWaitAndTheTimeout() throws Exception {
        // given
        start();
        owner.answersRaw(request -> null);
        long start = System.nanoTime();

        // when
        ReadResult<Total> result = await(routing.read(HELLO, after(0, 17, Duration.ofMillis(700))));

        // then
        assertThat(result)
                .isEqualTo(new NotReady<>(
                        "counter-streams at " + owner.endpoint() + ": it did not answer within 1200 ms"));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1_150), Duration.ofSeconds(5));
    }

    @Test
    void shouldGiveUpAfterTheTimeoutWhenTheWaitIsZero() throws Exception {
        // given
        start();
        owner.answersRaw(request -> null);

        // when, then
        assertThat(await(routing.read(HELLO, after(0, 17, Duration.ZERO))))
                .isEqualTo(
                        new NotReady<>("counter-streams at " + owner.endpoint() + ": it did not answer within 500 ms"));
    }

    @Test
    void shouldAskTheOtherForTheRestOfTheWaitOnly() throws Exception {
        // given: an owner that detects late that it is no longer the owner
        start();
        elsewhereAfter(Duration.ofMillis(600));
        other.answers(FakeStreams.found(9, 0));

        // when
        ReadResult<Total> result = await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(2))));

        // then
        assertThat(result).isEqualTo(FakeStreams.found(9, 0));
        assertThat(owner.queries()).extracting(ReadQuery::waitMax).containsExactly(Duration.ofSeconds(2));
        assertThat(other.queries()).hasSize(1);
        ReadQuery asked = other.queries().get(0);
        assertThat(asked.after()).isEqualTo(Receipts.of(new Receipt(0, 17)));
        assertThat(asked.waitMax()).isBetween(Duration.ZERO, Duration.ofMillis(1_400));
    }

    @Test
    void shouldAskTheOtherAtOnceWhenTheWaitIsOver() throws Exception {
        // given
        start();
        elsewhereAfter(Duration.ofMillis(400));
        other.answers(new NotReached<>(Why.NOT_YET, "not yet"));
        ReadQuery query = new ReadQuery(
                Receipts.of(new Receipt(0, 17)),
                true,
                Duration.ofMillis(100),
                new ReadQuery.Event(new Receipt(0, 17), ADD_7, "x"));

        // when
        ReadResult<Total> result = await(routing.read(HELLO, query));

        // then
        assertThat(result).isEqualTo(new NotReached<>(Why.NOT_YET, "not yet"));
        assertThat(other.queries()).containsExactly(new ReadQuery(query.after(), true, Duration.ZERO, query.event()));
    }

    @Test
    void shouldRefuseMoreWaitingReadsThanTheirBoundAndNoOtherRead() throws Exception {
        // given: the maximum number of waiting reads
        start();
        BlockingQueue<Request> held = new LinkedBlockingQueue<>();
        owner.answersRaw(request -> {
            if (request.query().get("wait") == null) {
                return FakeStreams.response(FakeStreams.found(1, 0));
            }
            held.add(request);
            return null;
        });
        List<CompletionStage<ReadResult<Total>>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING_MAX; i++) {
            waiting.add(routing.read(HELLO, after(0, 17, Duration.ofSeconds(20))));
        }

        // when
        ReadResult<Total> oneMore = await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(20))));

        // then
        assertThat(oneMore)
                .isEqualTo(new NotReady<>("counter-streams at " + owner.endpoint() + ": too many reads are waiting"));
        assertThat(await(routing.read(HELLO))).isEqualTo(FakeStreams.found(1, 0));
        assertThat(await(routing.read(HELLO, after(0, 17, Duration.ZERO)))).isEqualTo(FakeStreams.found(1, 0));

        // when: the waiting reads are answered
        for (int i = 0; i < WAITING_MAX; i++) {
            answer(held, FakeStreams.found(2, 0));
        }
        for (CompletionStage<ReadResult<Total>> each : waiting) {
            assertThat(await(each)).isEqualTo(FakeStreams.found(2, 0));
        }

        // then: waiting reads are accepted again
        CompletionStage<ReadResult<Total>> next = routing.read(HELLO, after(0, 17, Duration.ofSeconds(20)));
        answer(held, FakeStreams.found(3, 0));
        assertThat(await(next)).isEqualTo(FakeStreams.found(3, 0));
    }

    @Test
    void shouldLetReadsWaitWhenPlainReadsAreAtTheirBound() throws Exception {
        // given
        start();
        owner.answersRaw(
                request -> request.query().get("wait") == null ? null : FakeStreams.response(FakeStreams.found(1, 0)));
        List<CompletionStage<ReadResult<Total>>> plain = new ArrayList<>();
        for (int i = 0; i < AT_ONCE_MAX; i++) {
            plain.add(routing.read(HELLO));
        }

        // when, then
        assertThat(await(routing.read(HELLO)).toString()).contains("too many reads are in flight");
        assertThat(await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(1)))))
                .isEqualTo(FakeStreams.found(1, 0));
        for (CompletionStage<ReadResult<Total>> each : plain) {
            assertThat(await(each).toString()).contains("it did not answer within 500 ms");
        }
    }

    @Test
    void shouldNotBeReadyWhenTheOwnerDiesWhileItKeepsTheReadWaiting() throws Exception {
        // given
        start();
        owner.answersRaw(request -> {
            later.execute(owner::close);
            return null;
        });

        // when
        ReadResult<Total> result = await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(30))));

        // then
        assertThat(result).isInstanceOf(NotReady.class);
    }

    @Test
    void shouldEndOnlyTheReadsThatWaitWhenWaitingIsStopped() throws Exception {
        // given
        start();
        BlockingQueue<Request> held = new LinkedBlockingQueue<>();
        owner.answersRaw(request -> {
            held.add(request);
            return null;
        });
        CompletionStage<ReadResult<Total>> waiting = routing.read(HELLO, after(0, 17, Duration.ofSeconds(30)));
        Awaitility.await().until(() -> !held.isEmpty());

        // when
        routing.stopWaiting();

        // then
        assertThat(waiting.toCompletableFuture()).isDone();
        assertThat(await(waiting)).asString().contains("query-api is shutting down");
        assertThat(await(routing.read(HELLO, after(0, 17, Duration.ofSeconds(30)))))
                .asString()
                .contains("query-api is shutting down");
        owner.answers(FakeStreams.found(1, 0));
        assertThat(await(routing.read(HELLO))).isEqualTo(FakeStreams.found(1, 0));
    }

    @Test
    void shouldSendTheRequestId() throws Exception {
        // given
        start();
        BlockingQueue<Request> held = new LinkedBlockingQueue<>();
        owner.answersRaw(request -> {
            held.add(request);
            return FakeStreams.response(FakeStreams.found(1, 0));
        });

        // when
        await(routing.askedBy("till-3.4711").read(HELLO));
        await(routing.read(HELLO));

        // then
        assertThat(held.remove().requestId()).isEqualTo("till-3.4711");
        assertThat(held.remove().requestId()).matches("[0-9a-z]{9,16}");
    }

    private void start() {
        owner.says(1, new Owner(owner.endpoint(), List.of(0)));
        routing = Routing.start(
                new Seeds(List.of(owner.endpoint()), InetAddress::getAllByName, 8),
                new ReadClient(
                        ReadProtocol.LIVE,
                        "query-peer",
                        "http",
                        new ReadClient.Limits(AT_ONCE_MAX, WAITING_MAX, TIMEOUT)),
                new Directory.Pace(10, 60_000));
        Awaitility.await().until(() -> routing.check().ready());
    }

    private void elsewhereAfter(Duration delay) {
        owner.answersRaw(request -> {
            later.schedule(
                    () -> request.respond(FakeStreams.response(new ReadResult.Elsewhere<>(other.endpoint()))),
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
            return null;
        });
    }

    private static void answer(BlockingQueue<Request> held, ReadResult<Total> result) throws InterruptedException {
        Request request = held.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        request.respond(FakeStreams.response(result));
    }

    private static ReadQuery after(int partition, long offset, Duration wait) {
        return new ReadQuery(Receipts.of(new Receipt(partition, offset)), false, wait, null);
    }

    private static ReadQuery query(Random random) {
        Duration wait = Duration.ofMillis(random.nextInt(30_001));
        Receipts after = random.nextBoolean() ? Receipts.NONE : Receipts.parse("0-" + random.nextInt(17) + ",5-3");
        ReadQuery.Event event = random.nextBoolean()
                ? null
                : new ReadQuery.Event(
                        new Receipt(0, random.nextInt(17)), ADD_7, random.nextBoolean() ? null : id(random));
        return new ReadQuery(after, random.nextBoolean(), wait, event);
    }

    /** Printable ASCII. */
    private static String id(Random random) {
        StringBuilder id = new StringBuilder();
        for (int i = 1 + random.nextInt(128); i > 0; i--) {
            id.append((char) (' ' + random.nextInt(95)));
        }
        return id.toString();
    }

    private static ReadResult<Total> await(CompletionStage<ReadResult<Total>> result) throws Exception {
        return result.toCompletableFuture().get(40, TimeUnit.SECONDS);
    }
}
