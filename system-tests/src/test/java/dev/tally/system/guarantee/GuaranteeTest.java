package dev.tally.system.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Hit;
import dev.tally.system.guarantee.Written.Outcome;
import dev.tally.system.log.LogModel;
import dev.tally.system.log.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the guarantees: each accepts a correct run and finds the violations of an incorrect one. */
class GuaranteeTest {
    private static final CounterName COUNTER = CounterName.of("judge", "counter");
    private static final Duration QUICK = Duration.ofMillis(5);
    private static final int PARTITION = new LogModel(List.of(), 4).partitionOf(COUNTER);

    /** Two hits: 5 at offset 0 and, after an event of another counter, 7 at offset 2. */
    private static final LogModel LOG = new LogModel(List.of(event(0, 5, "a"), event(2, 7, "b")), 4);

    private static final Written FIRST = written("a", 5, Outcome.ACKNOWLEDGED, "", 0);

    @Test
    void shouldPassWhenEverythingWasKept() {
        // given
        Run run = new Run(
                List.of(FIRST, written("b", 7, Outcome.UNKNOWN, "no_answer", -1)),
                List.of(observed(found(5, 0)), observed(found(5, 1)), observed(found(12, 2)), observed(unknown(null))),
                List.of(found(12, 2)),
                LOG);

        // then
        Guarantee.judge(
                run,
                new AcknowledgedIsCounted(),
                new UnacknowledgedAddsAtMostItself(),
                new ExactCountAtReceipt(),
                new NeverAWrongZero(),
                new HonestAnswers(Set.of("no_answer"), Set.of(), Duration.ofSeconds(1)));
    }

    @Test
    void shouldFindAnAcknowledgedHitThatIsLostOrElsewhereOrAnother() {
        assertBroken(new AcknowledgedIsCounted(), written("lost", 1, Outcome.ACKNOWLEDGED, "", 9));
        assertBroken(new AcknowledgedIsCounted(), written("a", 5, Outcome.ACKNOWLEDGED, "", 1));
        assertBroken(new AcknowledgedIsCounted(), written("a", 6, Outcome.ACKNOWLEDGED, "", 0));
    }

    @Test
    void shouldFindAnAcknowledgedHitThatIsTwiceInTheLog() {
        // given
        LogModel twice = new LogModel(List.of(event(0, 5, "a"), event(1, 5, "a")), 4);
        Run run = new Run(List.of(FIRST), List.of(), List.of(), twice);

        // then
        assertThat(new AcknowledgedIsCounted().violations(run)).hasSize(1);
        assertThat(new UnacknowledgedAddsAtMostItself().violations(run)).hasSize(1);
    }

    @Test
    void shouldFindATotalThatIsWrongInTheEnd() {
        for (CounterRead last : List.of(found(5, 2), found(13, 2), unknown(2L))) {
            Run run = new Run(List.of(), List.of(), List.of(last), LOG);
            assertThat(new AcknowledgedIsCounted().violations(run)).hasSize(1);
            assertThat(new ExactCountAtReceipt().violations(run)).hasSize(1);
        }
    }

    @Test
    void shouldFindARefusedHitInTheLog() {
        assertBroken(new UnacknowledgedAddsAtMostItself(), written("a", 5, Outcome.REFUSED, "kafka_unavailable", -1));
    }

    @Test
    void shouldFindATotalThatIsNotTheCountAtItsReceipt() {
        for (CounterRead read : List.of(found(5, 2), found(12, 1), found(5, null), found(0, 0), unknown(0L))) {
            Run run = new Run(List.of(), List.of(observed(read)), List.of(), LOG);
            assertThat(new ExactCountAtReceipt().violations(run))
                    .as(read.toString())
                    .hasSize(1);
        }
    }

    @Test
    void shouldFindAReceiptOfAnotherPartition() {
        // given
        CounterRead read = new CounterRead(COUNTER, 200, "", 5L, new Receipt((PARTITION + 1) % 4, 0));

        // then
        assertThat(new ExactCountAtReceipt().violations(new Run(List.of(), List.of(observed(read)), List.of(), LOG)))
                .hasSize(1);
    }

    @Test
    void shouldFindAWrongZero() {
        for (CounterRead read : List.of(found(0, 2), unknown(0L), unknown(5L))) {
            Run run = new Run(List.of(), List.of(observed(read)), List.of(), LOG);
            assertThat(new NeverAWrongZero().violations(run))
                    .as(read.toString())
                    .hasSize(1);
        }
    }

    @Test
    void shouldFindAnAnswerThatIsSlowOrNotInTheContract() {
        // given
        Guarantee honest = new HonestAnswers(Set.of("unconfirmed"), Set.of("not_ready"), Duration.ofMillis(1));

        // then
        assertBroken(honest, FIRST);
        assertBroken(honest, written("x", 1, Outcome.UNEXPECTED, "500 …", -1));
        assertBroken(honest, written("x", 1, Outcome.REFUSED, "overloaded", -1));
    }

    private static void assertBroken(Guarantee guarantee, Written written) {
        Run run = new Run(List.of(written), List.of(), List.of(), LOG);
        assertThatThrownBy(() -> Guarantee.judge(run, guarantee))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(guarantee.getClass().getSimpleName());
    }

    private static LoggedEvent event(long offset, long value, String token) {
        return new LoggedEvent(PARTITION, offset, COUNTER.toString(), Operation.ADD, value, null, 1_000, 1_000, token);
    }

    private static Written written(String token, long delta, Outcome outcome, String code, long offset) {
        List<Receipt> receipts = offset < 0 ? List.of() : List.of(new Receipt(PARTITION, offset));
        return new Written(List.of(new Hit(COUNTER, delta, token)), false, outcome, code, receipts, QUICK);
    }

    private static Observed observed(CounterRead read) {
        return new Observed(read, 0, QUICK);
    }

    private static CounterRead found(long total, @Nullable Integer offset) {
        return new CounterRead(
                COUNTER, 200, "", total, offset == null ? null : new Receipt(PARTITION, offset.longValue()));
    }

    private static CounterRead unknown(@Nullable Long offset) {
        return new CounterRead(
                COUNTER, 404, "unknown_counter", null, offset == null ? null : new Receipt(PARTITION, offset));
    }
}
