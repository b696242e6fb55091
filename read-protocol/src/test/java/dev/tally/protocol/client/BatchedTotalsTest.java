package dev.tally.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchedTotalsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.123Z");
    private static final ReadResult<Total> TOTAL =
            new ReadResult.Found<>(new Total(42, TIME), new AsOf(new Receipt(7, 17), TIME, 2L, AsOf.Role.ACTIVE, TIME));

    private record Request(
            List<CounterName> counters, @Nullable String id, Duration answerMax, CompletableFuture<byte[]> body) {
        void answer() {
            body.complete(ReadProtocol.writeTotals(
                    counters.stream().map(each -> TOTAL).toList()));
        }
    }

    private final List<Request> requests = new ArrayList<>();
    private long now = 1_000;
    private final BatchedTotals totals = new BatchedTotals(ReadProtocol.LIVE, this::get, () -> now);

    private CompletableFuture<byte[]> get(String target, @Nullable String id, Duration answerMax) {
        String query = URI.create(target).getRawQuery();
        String names = URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
        Request request = new Request(ReadProtocol.parseTotalsNames(names), id, answerMax, new CompletableFuture<>());
        requests.add(request);
        return request.body();
    }

    private CompletableFuture<@Nullable ReadResult<Total>> ask(String counter) {
        return totals.ask(CounterName.of("shop", counter), "request-" + counter, now + TIMEOUT.toNanos());
    }

    @Test
    void shouldAskAtOnceWhenNoRequestIsInFlight() {
        // when
        CompletableFuture<@Nullable ReadResult<Total>> first = ask("a");
        requests.get(0).answer();
        CompletableFuture<@Nullable ReadResult<Total>> second = ask("b");

        // then
        assertThat(first).isCompletedWithValue(TOTAL);
        assertThat(second).isNotDone();
        assertThat(requests).extracting(Request::id).containsExactly("request-a", "request-b");
    }

    @Test
    void shouldAskTogetherForAllThatArriveDuringARequest() {
        // given
        ask("a");
        List<CompletableFuture<@Nullable ReadResult<Total>>> gathered = List.of(ask("b"), ask("c d/ü"), ask("b"));

        // when
        requests.get(0).answer();
        requests.get(1).answer();

        // then
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).counters()).extracting(CounterName::counter).containsExactly("b", "c d/ü", "b");
        assertThat(gathered).allSatisfy(each -> assertThat(each).isCompletedWithValue(TOTAL));
    }

    @Test
    void shouldAskForNoMoreThanARequestMayHold() {
        // given
        ask("a");
        IntStream.rangeClosed(0, ReadProtocol.TOTALS_MAX).forEach(i -> ask("c" + i));

        // when
        requests.get(0).answer();
        requests.get(1).answer();

        // then
        assertThat(requests.get(1).counters()).hasSize(ReadProtocol.TOTALS_MAX);
        assertThat(requests.get(2).counters()).hasSize(1);
    }

    @Test
    void shouldKeepARequestShortWhenNamesAreLong() {
        // given: names whose every byte is percent-encoded
        ask("a");
        int count = 3 * ReadProtocol.TOTALS_CHARS_MAX / CounterName.COUNTER_BYTES_MAX / 3;
        IntStream.range(0, count).forEach(i -> ask("ü".repeat(CounterName.COUNTER_BYTES_MAX / 2)));

        // when
        requests.get(0).answer();
        for (int i = 1; i < requests.size(); i++) {
            requests.get(i).answer();
        }

        // then
        assertThat(requests.size()).isGreaterThan(2);
        assertThat(requests)
                .allSatisfy(each -> assertThat(ReadProtocol.LIVE
                                .totalsTarget(each.counters().stream()
                                        .map(ReadProtocol::totalsName)
                                        .toList())
                                .length())
                        .isLessThan(ReadProtocol.TOTALS_CHARS_MAX + 100));
        assertThat(requests.stream().mapToInt(each -> each.counters().size()).sum())
                .isEqualTo(1 + count);
    }

    @Test
    void shouldReturnNullWhenACounterHasToBeReadAlone() {
        // given
        ask("a");
        CompletableFuture<@Nullable ReadResult<Total>> onDisk = ask("b");
        CompletableFuture<@Nullable ReadResult<Total>> inMemory = ask("c");
        requests.get(0).answer();

        // when
        List<@Nullable ReadResult<Total>> results = new ArrayList<>();
        results.add(null);
        results.add(TOTAL);
        requests.get(1).body().complete(ReadProtocol.writeTotals(results));

        // then
        assertThat(onDisk).isCompletedWithValue(null);
        assertThat(inMemory).isCompletedWithValue(TOTAL);
    }

    @Test
    void shouldFailAllThatWaitWhenARequestFailsAndAskAgainAfterwards() {
        // given
        ReadClientException failure =
                new ReadClientException(ReadClientException.Reason.TOO_MANY_READS, "it cannot be reached");
        List<CompletableFuture<@Nullable ReadResult<Total>>> failed = List.of(ask("a"), ask("b"));

        // when
        requests.get(0).body().completeExceptionally(failure);
        CompletableFuture<@Nullable ReadResult<Total>> next = ask("c");
        requests.get(1).answer();

        // then
        assertThat(failed)
                .allSatisfy(each -> assertThat(each)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCause(failure));
        assertThat(next).isCompletedWithValue(TOTAL);
    }

    @Test
    void shouldLeaveARequestTheTimeThatItsFirstReadHasLeft() {
        // given
        ask("a");
        now += Duration.ofMillis(300).toNanos();
        ask("b");
        now += Duration.ofMillis(700).toNanos();
        ask("c");

        // when
        requests.get(0).answer();

        // then
        assertThat(requests)
                .extracting(Request::answerMax)
                .containsExactly(TIMEOUT, TIMEOUT.minus(Duration.ofMillis(700)));
    }

    @Test
    void shouldLeaveARequestNoTimeWhenThatOfItsFirstReadIsOver() {
        // given
        ask("a");
        ask("b");

        // when
        now += TIMEOUT.plusMillis(1).toNanos();
        requests.get(0).answer();

        // then
        assertThat(requests.get(1).answerMax()).isZero();
    }

    @Test
    void shouldFailThoseAskedWhenTheAnswerIsMalformed() {
        // given
        CompletableFuture<@Nullable ReadResult<Total>> asked = ask("a");

        // when: results for two counters
        requests.get(0).body().complete(ReadProtocol.writeTotals(List.of(TOTAL, TOTAL)));

        // then
        assertThat(asked).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("malformed");
    }
}
