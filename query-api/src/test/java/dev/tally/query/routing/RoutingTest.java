package dev.tally.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.client.ReadClient;
import dev.tally.query.FakeStreams;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Ownership.Owner;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.response.Response;
import dev.tally.testkit.StalledServer;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int PARTITIONS = 12;
    private static final CounterName HELLO = CounterName.of("demo", "hello"); // on partition 7 of 12

    private final List<AutoCloseable> open = new ArrayList<>();
    private final FakeStreams even = opened(new FakeStreams());
    private final FakeStreams odd = opened(new FakeStreams());

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldReadEachCounterAtItsOwner() throws Exception {
        // given
        allInstancesKnowTheOwners();
        even.answers(name -> FakeStreams.found(1, partition(name)));
        odd.answers(name -> FakeStreams.found(2, partition(name)));
        Routing routing = routing(even);

        for (int i = 0; i < 200; i++) {
            // when
            CounterName name = CounterName.of("demo", "word/ü %2F" + i);
            ReadResult<Total> result = await(routing.read(name));

            // then
            assertThat(result).isEqualTo(FakeStreams.found(partition(name) % 2 == 0 ? 1 : 2, partition(name)));
        }
        assertThat(even.reads()).isPositive();
        assertThat(even.reads() + odd.reads()).isEqualTo(200);
    }

    @Test
    void shouldFollowOnceWhenTheOwnerIsElsewhere() throws Exception {
        // given: a view in which the other instance owns everything
        even.says(PARTITIONS, new Owner(even.endpoint(), all()));
        even.answers(new ReadResult.Elsewhere<>(odd.endpoint()));
        odd.answers(FakeStreams.found(42, 7));
        Routing routing = routing(even);

        // when
        ReadResult<Total> result = await(routing.read(HELLO));

        // then
        assertThat(result).isEqualTo(FakeStreams.found(42, 7));
        assertThat(even.reads()).isEqualTo(1);
        assertThat(odd.reads()).isEqualTo(1);
    }

    @Test
    void shouldLearnAtOnceWhenTheOwnerIsElsewhere() throws Exception {
        // given: a steady pause that is too long to explain the result; only the refresh does
        even.says(PARTITIONS, new Owner(even.endpoint(), all()));
        even.answers(new ReadResult.Elsewhere<>(odd.endpoint()));
        odd.answers(FakeStreams.found(42, 7));
        Routing routing = routing(even);
        await(routing.read(HELLO));
        even.says(PARTITIONS, new Owner(odd.endpoint(), all()));
        odd.says(PARTITIONS, new Owner(odd.endpoint(), all()));
        await(routing.read(HELLO));

        // when, then
        Awaitility.await().until(() -> {
            int before = even.reads();
            await(routing.read(HELLO));
            return even.reads() == before;
        });
    }

    @Test
    void shouldNotFollowTwiceWhenEachInstanceNamesTheOther() throws Exception {
        // given
        allInstancesKnowTheOwners();
        even.answers(new ReadResult.Elsewhere<>(odd.endpoint()));
        odd.answers(new ReadResult.Elsewhere<>(even.endpoint()));
        Routing routing = routing(even);

        // when
        ReadResult<Total> result = await(routing.read(HELLO));

        // then
        assertThat(result).isEqualTo(new ReadResult.NotReady<>("partition 7 is moving to another instance"));
        assertThat(even.reads() + odd.reads()).isEqualTo(2);
    }

    @Test
    void shouldNotBeReadyWhenNoOwnerIsNamed() throws Exception {
        // given
        allInstancesKnowTheOwners();
        odd.answers(new ReadResult.Elsewhere<>(null));
        Routing routing = routing(even);

        // when, then
        assertThat(await(routing.read(HELLO)))
                .isEqualTo(new ReadResult.NotReady<>("partition 7 is moving to another instance"));
    }

    @Test
    void shouldPassOnWhatTheOwnerSays() throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing(even);
        for (ReadResult<Total> said : List.<ReadResult<Total>>of(
                new ReadResult.Unknown<>(FakeStreams.asOf(7)),
                new ReadResult.NotReady<>("restoring"),
                FakeStreams.found(0, 7),
                FakeStreams.found(Long.MIN_VALUE, 7))) {
            // when
            odd.answers(said);

            // then
            assertThat(await(routing.read(HELLO))).isEqualTo(said);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "0",
                "{\"status\":\"found\",\"total\":0}",
                "{\"status\":\"unknown\"}",
                "<html>",
                "{\"status\":\"not_ready\",\"reason\":\"x\"}x",
            })
    void shouldNotBeReadyWhenAnAnswerIsMalformed(String body) throws Exception {
        // given
        allInstancesKnowTheOwners();
        odd.answersRaw(request -> Response.of(200, "application/json", body));
        Routing routing = routing(even);

        // when, then
        assertNotReady(routing, "its answer is malformed");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503, 302, 204})
    void shouldNotBeReadyWhenAPeerAnswersAnotherStatus(int status) throws Exception {
        // given: another generation answers 404, which does not mean "no such counter"
        allInstancesKnowTheOwners();
        odd.answersRaw(request -> Response.of(status, "application/json", "")
                .header(new HttpString("Location"), "http://" + even.endpoint() + "/"));
        Routing routing = routing(even);

        // when, then
        assertNotReady(routing, "it answered " + status);
    }

    @Test
    void shouldNotBeReadyWhenTheAnswerIsOfAnotherPartition() throws Exception {
        // given
        allInstancesKnowTheOwners();
        odd.answers(FakeStreams.found(5, 8));
        Routing routing = routing(even);

        // when, then
        assertNotReady(routing, "it answered for another partition");
    }

    @Test
    void shouldNotBeReadyWhenAnAnswerIsTooLong() throws Exception {
        // given
        allInstancesKnowTheOwners();
        String reason = "x".repeat(5_000);
        odd.answers(new ReadResult.NotReady<>(reason));
        Routing routing = routing(even);

        // when, then
        assertNotReady(routing, "the answer is longer than 4096 bytes");
    }

    @Test
    void shouldNotBeReadyInBoundedTimeWhenThereIsNoAnswer() throws Exception {
        // given
        allInstancesKnowTheOwners();
        odd.answersRaw(request -> null);
        Routing routing = routing(even);
        long start = System.nanoTime();

        // when, then
        assertNotReady(routing, "it did not answer within 500 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldNotBeReadyInBoundedTimeWhenAnAnswerStopsHalfWay() throws Exception {
        // given
        StalledServer stalled = opened(new StalledServer());
        even.says(PARTITIONS, new Owner(stalled.endpoint(), all()));
        Routing routing = routing(even);

        // when, then
        assertNotReady(routing, "it did not answer within 500 ms");
        Awaitility.await().until(stalled::isClosedByClient);
    }

    @Test
    void shouldNotBeReadyWhenTheOwnerIsGone() throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = routing(even);
        odd.close();

        // when, then
        assertNotReady(routing, "it cannot be reached");
    }

    @Test
    void shouldNotBeReadyWhenAPartitionHasNoOwner() throws Exception {
        // given
        even.says(PARTITIONS, new Owner(even.endpoint(), List.of(0, 1)));
        Routing routing = routing(even);

        // when, then
        assertThat(await(routing.read(HELLO)))
                .isEqualTo(new ReadResult.NotReady<>("partition 7 has no owner; /readyz of counter-streams says why"));
        assertThat(routing.check().ready()).isFalse();
        assertThat(routing.check().detail()).isEqualTo("2 of 12 partitions have had an owner");
    }

    @Test
    void shouldNotBeReadyWhenNoInstanceIsThere() throws Exception {
        // given
        odd.close();
        Routing routing = opened(start(List.of(odd.endpoint()), 10));

        // when, then
        Awaitility.await()
                .until(() -> await(routing.read(HELLO))
                        .equals(new ReadResult.NotReady<>(
                                "counter-streams at " + odd.endpoint() + ": it cannot be reached")));
        assertThat(routing.check().ready()).isFalse();
    }

    @Test
    void shouldBeReadyOnceEveryPartitionHasHadAnOwner() throws Exception {
        // given
        even.says(2, new Owner(even.endpoint(), List.of(0)));
        Routing routing = routing(even);
        assertThat(routing.check().ready()).isFalse();

        // when: the other partition gets an owner, and the first loses its own
        even.says(2, new Owner(even.endpoint(), List.of(1)));

        // then
        Awaitility.await().until(() -> routing.check().ready());
    }

    @Test
    void shouldGoOnWithAnotherInstanceWhenOneStops() throws Exception {
        // given
        allInstancesKnowTheOwners();
        Routing routing = opened(start(List.of(even.endpoint(), odd.endpoint()), 10));
        Awaitility.await().until(() -> routing.check().ready());

        // when
        even.close();
        odd.says(PARTITIONS, new Owner(odd.endpoint(), all()));
        odd.answers(name -> FakeStreams.found(3, partition(name)));

        // then
        CounterName evens = CounterName.of("demo", "hello".repeat(3));
        Awaitility.await().until(() -> await(routing.read(evens)) instanceof ReadResult.Found);
        Awaitility.await().until(() -> await(routing.read(HELLO)) instanceof ReadResult.Found);
    }

    @Test
    void shouldRefuseMoreReadsThanItsBound() throws Exception {
        // given: an owner that keeps every read waiting
        even.says(1, new Owner(odd.endpoint(), List.of(0)));
        odd.answersRaw(request -> null);
        Routing routing = opened(Routing.start(
                seeds(List.of(even.endpoint())),
                new ReadClient(ReadProtocol.LIVE, "query-peer", "http", new ReadClient.Limits(8, 8, TIMEOUT)),
                pace(60_000)));
        Awaitility.await().until(() -> routing.check().ready());

        // when
        List<CompletionStage<ReadResult<Total>>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(routing.read(HELLO));
        }

        // then
        long refused = 0;
        for (CompletionStage<ReadResult<Total>> result : results) {
            refused += await(result).toString().contains("too many reads are in flight") ? 1 : 0;
        }
        assertThat(refused).isEqualTo(42);
        odd.answers(FakeStreams.found(1, 0));
        Awaitility.await().until(() -> await(routing.read(HELLO)) instanceof ReadResult.Found);
    }

    private void allInstancesKnowTheOwners() {
        even.saysOwnersAre(PARTITIONS, even.endpoint(), odd.endpoint());
        odd.saysOwnersAre(PARTITIONS, even.endpoint(), odd.endpoint());
    }

    private Routing routing(FakeStreams seed) {
        Routing routing = opened(start(List.of(seed.endpoint()), 60_000));
        Awaitility.await().until(() -> routing.check().detail().endsWith("have had an owner"));
        return routing;
    }

    private static Routing start(List<String> streams, long steadyMillis) {
        return Routing.start(
                seeds(streams),
                new ReadClient(ReadProtocol.LIVE, "query-peer", "http", new ReadClient.Limits(64, 64, TIMEOUT)),
                pace(steadyMillis));
    }

    private static Seeds seeds(List<String> streams) {
        return new Seeds(streams, InetAddress::getAllByName, 64);
    }

    private static Directory.Pace pace(long steadyMillis) {
        return new Directory.Pace(10, steadyMillis);
    }

    private static void assertNotReady(Routing routing, String why) throws Exception {
        ReadResult<Total> result = await(routing.read(HELLO));
        assertThat(result).isInstanceOf(ReadResult.NotReady.class);
        assertThat(((ReadResult.NotReady<?>) result).reason()).contains(why);
    }

    private static ReadResult<Total> await(CompletionStage<ReadResult<Total>> result) throws Exception {
        return result.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static int partition(CounterName name) {
        return Placement.partition(name.key(), PARTITIONS);
    }

    private static List<Integer> all() {
        return IntStream.range(0, PARTITIONS).boxed().toList();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }
}
