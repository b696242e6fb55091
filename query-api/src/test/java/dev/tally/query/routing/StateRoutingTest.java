package dev.tally.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.client.ReadClient;
import dev.tally.query.FakeStreams;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Ownership.Owner;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Step;
import dev.tally.service.http.response.Response;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories, explanations and pages from two instances of counter-streams, over real HTTP. */
class StateRoutingTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int PARTITIONS = 12;
    private static final int PARTITION = 7;
    private static final CounterName HELLO = CounterName.of("demo", "hello"); // on partition 7 of 12
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");
    private static final HistoryRange RANGE = new HistoryRange(Step.HOUR, 490_000, 490_024);
    private static final PageQuery PAGE = PageQuery.byName("demo", "h", "h", 2);

    private static final History HISTORY =
            new History(1L, List.of(new History.Bucket(490_000, BigInteger.TWO.pow(70)), bucket(490_023)));
    private static final Explanation EXPLANATION = new Explanation(
            4,
            1,
            1,
            1,
            1,
            new Explanation.Point(new Receipt(PARTITION, 3), TIME),
            new Explanation.Point(new Receipt(PARTITION, 17), TIME),
            null);
    private static final CounterPage COUNTERS =
            new CounterPage(List.of(new CounterPage.Entry("hello", 1, TIME)), "hello/ü");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final FakeStreams even = opened(new FakeStreams());
    private final FakeStreams odd = opened(new FakeStreams());

    /** The kinds of reads other than totals. Partition 7 answers all of them. */
    enum Kind {
        HISTORY {
            @Override
            CompletionStage<? extends ReadResult<?>> ask(Routing routing, ReadQuery query) {
                return routing.history(HELLO, RANGE, query);
            }
        },
        EXPLANATION {
            @Override
            CompletionStage<? extends ReadResult<?>> ask(Routing routing, ReadQuery query) {
                return routing.explain(HELLO, query);
            }
        },
        PAGE {
            @Override
            CompletionStage<? extends ReadResult<?>> ask(Routing routing, ReadQuery query) {
                return routing.page(PARTITION, StateRoutingTest.PAGE, query);
            }
        };

        abstract CompletionStage<? extends ReadResult<?>> ask(Routing routing, ReadQuery query);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskTheOwnerOfThePartition(Kind kind) throws Exception {
        // given
        allInstancesKnowTheOwners();
        answers(odd, FakeStreams.asOf(PARTITION));
        Routing routing = routing();

        // when
        ReadResult<?> answer = await(kind.ask(routing, ReadQuery.NOW));

        // then
        assertThat(answer).isEqualTo(new ReadResult.Found<>(value(kind), FakeStreams.asOf(PARTITION)));
        assertThat(even.reads()).isZero();
        assertThat(routing.partitions()).hasValue(PARTITIONS);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowOnceWhenTheOwnerIsElsewhere(Kind kind) throws Exception {
        // given
        even.says(PARTITIONS, new Owner(even.endpoint(), all()));
        misses(even, new ReadResult.Elsewhere<>(odd.endpoint()));
        answers(odd, FakeStreams.asOf(PARTITION));
        Routing routing = routing();
        ReadQuery query = new ReadQuery(Receipts.of(new Receipt(PARTITION, 17)), true, Duration.ofSeconds(5), null);

        // when
        ReadResult<?> answer = await(kind.ask(routing, query));

        // then: with the whole query, minus the time that has passed
        assertThat(answer).isEqualTo(new ReadResult.Found<>(value(kind), FakeStreams.asOf(PARTITION)));
        assertThat(even.queries()).containsExactly(query);
        ReadQuery followed = odd.queries().get(0);
        assertThat(followed.after()).isEqualTo(query.after());
        assertThat(followed.committed()).isTrue();
        assertThat(followed.waitMax()).isPositive().isLessThanOrEqualTo(query.waitMax());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotFollowTwiceWhenEachInstanceNamesTheOther(Kind kind) throws Exception {
        // given
        allInstancesKnowTheOwners();
        misses(even, new ReadResult.Elsewhere<>(odd.endpoint()));
        misses(odd, new ReadResult.Elsewhere<>(even.endpoint()));
        Routing routing = routing();

        // when, then
        assertNotReady(kind, routing, ReadQuery.NOW, "partition 7 is moving to another instance");
        assertThat(even.reads() + odd.reads()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassOnWhyThereIsNoAnswer(Kind kind) throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing();
        for (ReadResult<?> why : List.<ReadResult<?>>of(
                new ReadResult.Unknown<>(FakeStreams.asOf(PARTITION)),
                new NotReady<>("restoring"),
                new ReadResult.NotReached<>(ReadResult.Why.AHEAD, "ahead"))) {
            // when
            misses(odd, why);

            // then
            assertThat(await(kind.ask(routing, ReadQuery.NOW))).isEqualTo(why);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAnAnswerOfAnotherPartition(Kind kind) throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing();

        // when, then
        answers(odd, FakeStreams.asOf(8));
        assertNotReady(kind, routing, ReadQuery.NOW, "it answered for another partition");
        misses(odd, new ReadResult.Unknown<>(FakeStreams.asOf(8)));
        assertNotReady(kind, routing, ReadQuery.NOW, "it answered for another partition");
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAnAnswerAsOfAnEarlierReceipt(Kind kind) throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing();
        ReadQuery query = new ReadQuery(Receipts.of(new Receipt(PARTITION, 18)), false, Duration.ZERO, null);

        // when, then
        answers(odd, FakeStreams.asOf(PARTITION));
        assertNotReady(kind, routing, query, "it answered as of an earlier receipt");
        answers(odd, new AsOf(null, null, 0L, AsOf.Role.ACTIVE, TIME));
        assertNotReady(kind, routing, query, "it answered as of an earlier receipt");
    }

    @Test
    void shouldRefuseAnAnswerThatWasNotRequested() throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing();
        AsOf asOf = FakeStreams.asOf(PARTITION);

        for (long number : new long[] {489_999, 490_024}) {
            odd.answersHistories(
                    (name, range) -> new ReadResult.Found<>(new History(1L, List.of(bucket(number))), asOf));
            assertNotReady(Kind.HISTORY, routing, ReadQuery.NOW, "its answer does not match the request");
        }
        for (CounterPage page : List.of(
                new CounterPage(List.of(new CounterPage.Entry("i", 1, TIME)), null), new CounterPage(List.of(), "h"))) {
            odd.answersPages((partition, query) -> new ReadResult.Found<>(page, asOf));
            assertNotReady(Kind.PAGE, routing, ReadQuery.NOW, "its answer does not match the request");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotBeReadyWhenAPeerAnswersAnotherStatus(Kind kind) throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing();

        // when, then
        for (String body : List.of("", "{}", "{\"status\":\"not_ready\",\"reason\":\"x\"}", "<html>")) {
            odd.answersRaw(request -> Response.of(200, "application/json", body));
            assertNotReady(kind, routing, ReadQuery.NOW, "its answer is malformed");
        }
        odd.answersRaw(request -> Response.of(404, "application/json", ""));
        assertNotReady(kind, routing, ReadQuery.NOW, "it answered 404");
        odd.answersRaw(request -> Response.of(200, "application/json", " ".repeat((1 << 20) + 1)));
        assertNotReady(kind, routing, ReadQuery.NOW, "the answer is longer than 1048576 bytes");
        odd.answersRaw(request -> null);
        assertNotReady(kind, routing, ReadQuery.NOW, "it did not answer within 500 ms");
        odd.close();
        assertNotReady(kind, routing, ReadQuery.NOW, "it cannot be reached");
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotBeReadyWhenThePartitionHasNoOwner(Kind kind) throws Exception {
        // given
        even.says(PARTITIONS, new Owner(even.endpoint(), List.of(0, 1)));
        Routing routing = routing();

        // when, then
        assertNotReady(kind, routing, ReadQuery.NOW, "partition 7 has no owner; /readyz of counter-streams says why");
        assertThat(await(routing.page(12, PAGE, ReadQuery.NOW)))
                .isEqualTo(new NotReady<>("partition 12 has no owner; /readyz of counter-streams says why"));
    }

    @Test
    void shouldNotKnowThePartitionsWhenNoInstanceIsThere() throws Exception {
        // given
        even.close();

        // when
        Routing routing = opened(start(64));

        // then
        assertThat(routing.partitions()).isEmpty();
        assertThat(await(routing.page(0, PAGE, ReadQuery.NOW))).isInstanceOf(ReadResult.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5_000})
    void shouldCountAllKindsAgainstTheSameBounds(long waitMillis) throws Exception {
        // given: an owner that keeps every read waiting
        allInstancesKnowTheOwners();
        odd.answersRaw(request -> null);
        Routing routing = opened(start(6));
        Awaitility.await().until(() -> routing.check().ready());
        ReadQuery query =
                new ReadQuery(Receipts.of(new Receipt(PARTITION, 17)), false, Duration.ofMillis(waitMillis), null);
        for (int i = 0; i < 2; i++) {
            for (Kind kind : Kind.values()) {
                kind.ask(routing, query);
            }
        }

        // when, then
        String refusal = waitMillis == 0 ? "too many reads are in flight" : "too many reads are waiting";
        for (Kind kind : Kind.values()) {
            assertNotReady(kind, routing, query, refusal);
        }
        assertThat(routing.read(HELLO, query)
                        .toCompletableFuture()
                        .get(1, TimeUnit.SECONDS)
                        .toString())
                .contains(refusal);
    }

    private void allInstancesKnowTheOwners() {
        even.saysOwnersAre(PARTITIONS, even.endpoint(), odd.endpoint());
        odd.saysOwnersAre(PARTITIONS, even.endpoint(), odd.endpoint());
    }

    /** Answers only reads of this test's counter and partition. */
    private static void answers(FakeStreams streams, AsOf asOf) {
        streams.answersHistories((name, range) -> {
            assertThat(name).isEqualTo(HELLO);
            assertThat(range).isEqualTo(RANGE);
            return new ReadResult.Found<>(HISTORY, asOf);
        });
        streams.answersExplanations(name -> {
            assertThat(name).isEqualTo(HELLO);
            return new ReadResult.Found<>(EXPLANATION, asOf);
        });
        streams.answersPages((partition, page) -> {
            assertThat(partition).isEqualTo(PARTITION);
            assertThat(page).isEqualTo(PAGE);
            return new ReadResult.Found<>(COUNTERS, asOf);
        });
    }

    private static void misses(FakeStreams streams, ReadResult<?> why) {
        streams.answersHistories((name, range) -> FakeStreams.missing(why));
        streams.answersExplanations(name -> FakeStreams.missing(why));
        streams.answersPages((partition, page) -> FakeStreams.missing(why));
    }

    private static Object value(Kind kind) {
        return switch (kind) {
            case HISTORY -> HISTORY;
            case EXPLANATION -> EXPLANATION;
            case PAGE -> COUNTERS;
        };
    }

    private static History.Bucket bucket(long number) {
        return new History.Bucket(number, BigInteger.ONE);
    }

    private Routing routing() {
        Routing routing = opened(start(64));
        Awaitility.await().until(() -> routing.check().detail().endsWith("have had an owner"));
        return routing;
    }

    private Routing start(int readsMax) {
        return Routing.start(
                new Seeds(List.of(even.endpoint()), InetAddress::getAllByName, 64),
                new ReadClient(
                        ReadProtocol.LIVE, "query-peer", "http", new ReadClient.Limits(readsMax, readsMax, TIMEOUT)),
                new Directory.Pace(10, 60_000));
    }

    private static void assertNotReady(Kind kind, Routing routing, ReadQuery query, String why) throws Exception {
        ReadResult<?> answer = await(kind.ask(routing, query));
        assertThat(answer).isInstanceOf(NotReady.class);
        assertThat(((NotReady<?>) answer).reason()).contains(why);
    }

    private static ReadResult<?> await(CompletionStage<? extends ReadResult<?>> answer) throws Exception {
        return answer.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static List<Integer> all() {
        return IntStream.range(0, PARTITIONS).boxed().toList();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }
}
