package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPaceTest {
    private static final int FAST_A_WINDOW = (int) (PollPace.FAST_RECORDS_A_SECOND
            * PollPace.WINDOW_NANOS
            / Duration.ofSeconds(1).toNanos());

    private long nanos = Long.MAX_VALUE - 1; // nanoTime may overflow
    private final PollPace pace = new PollPace(() -> nanos);

    @Test
    void shouldPollImmediatelyWhenNoRateIsKnown() {
        // when
        pace.polled(FAST_A_WINDOW * 10);

        // then
        assertThat(pace.isFast()).isFalse();
        assertThat(pace.pause()).isZero();
    }

    @Test
    void shouldPauseFromTheRateOnAndNotBelowIt() {
        // when: one record too few
        pass(PollPace.WINDOW_NANOS);
        pace.polled(FAST_A_WINDOW - 1);

        // then
        assertThat(pace.isFast()).isFalse();
        assertThat(pace.pause()).isZero();

        // when
        pass(PollPace.WINDOW_NANOS);
        pace.polled(FAST_A_WINDOW);

        // then
        assertThat(pace.isFast()).isTrue();
        assertThat(pace.pause()).isEqualTo(PollPace.GAP_NANOS);
    }

    @Test
    void shouldMeasureForAWholeWindow() {
        // when
        pass(PollPace.WINDOW_NANOS - 1);
        pace.polled(FAST_A_WINDOW);

        // then
        assertThat(pace.isFast()).isFalse();

        // when
        pass(1);
        pace.polled(0);

        // then: the records of both polls are counted
        assertThat(pace.isFast()).isTrue();
    }

    @Test
    void shouldCountProcessingTimeAsPause() {
        // given
        fast();

        // when
        pass(PollPace.GAP_NANOS - 1);

        // then
        assertThat(pace.pause()).isEqualTo(1);

        // when
        pass(1);

        // then
        assertThat(pace.pause()).isZero();

        // when
        pass(PollPace.GAP_NANOS);

        // then
        assertThat(pace.pause()).isZero();
    }

    @Test
    void shouldPollImmediatelyWhenTheLastPollHadEnoughRecords() {
        // given
        fast();

        // when
        pace.polled(PollPace.RECORDS_ENOUGH - 1);

        // then
        assertThat(pace.pause()).isPositive();

        // when
        pace.polled(PollPace.RECORDS_ENOUGH);

        // then
        assertThat(pace.pause()).isZero();
    }

    @Test
    void shouldPollImmediatelyAgainWhenNoRecordsArrive() {
        // given
        fast();

        // when: a poll that waited for a whole window
        pass(PollPace.WINDOW_NANOS);
        pace.polled(0);

        // then
        assertThat(pace.isFast()).isFalse();
        assertThat(pace.pause()).isZero();
    }

    private void fast() {
        pass(PollPace.WINDOW_NANOS);
        pace.polled(FAST_A_WINDOW);
        assertThat(pace.isFast()).isTrue();
    }

    private void pass(long more) {
        nanos += more;
    }
}
