package dev.tally.streams.state.flush;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long NEVER = Long.MAX_VALUE;

    private long nanos = Long.MAX_VALUE - 1; // nanoTime may overflow
    private final CommitPace pace = new CommitPace(() -> nanos);

    @Test
    void shouldRequestTheFirstCommitImmediatelyAndTheNextAfterTheInterval() {
        // then
        assertThat(pace.due(1, false)).isZero();

        // when
        pace.begins();

        // then
        assertThat(pace.due(1, false)).isEqualTo(CommitPace.INTERVAL_NANOS);

        // when
        nanos += CommitPace.INTERVAL_NANOS - 1;

        // then
        assertThat(pace.due(1, false)).isEqualTo(1);

        // when
        nanos++;

        // then
        assertThat(pace.due(1, false)).isZero();
    }

    @Test
    void shouldRequestNoCommitWhenNoRecordIsUncommitted() {
        // when
        pace.readerWaits();

        // then
        assertThat(pace.due(0, false)).isEqualTo(NEVER);
        assertThat(pace.due(0, true)).isEqualTo(NEVER);
    }

    @Test
    void shouldLeaveCommitsToTheirIntervalWhileSpacedUntilAReaderWaits() {
        // then
        assertThat(pace.due(1, true)).isEqualTo(NEVER);

        // when
        assertThat(pace.readerWaits()).isTrue();
        assertThat(pace.readerWaits()).isFalse();

        // then
        assertThat(pace.due(1, true)).isZero();

        // when: a commit answers the reader
        pace.begins();

        // then
        nanos += CommitPace.INTERVAL_NANOS;
        assertThat(pace.due(1, true)).isEqualTo(NEVER);
        assertThat(pace.readerWaits()).isTrue();
    }

    @Test
    void shouldRequestACommitAtAHighRateWhenTheMaximumOfRecordsIsUncommitted() {
        // then
        assertThat(pace.due(CommitPace.RECORDS_MAX - 1, true)).isEqualTo(NEVER);
        assertThat(pace.due(CommitPace.RECORDS_MAX, true)).isZero();
    }

    @Test
    void shouldNotRequestAgainWithinTheIntervalWhenNoCommitFollows() {
        // given
        pace.readerWaits();

        // when: the request is ignored, as in a rebalance
        pace.requested();

        // then
        assertThat(pace.due(1, true)).isEqualTo(CommitPace.INTERVAL_NANOS);
        assertThat(pace.due(1, false)).isEqualTo(CommitPace.INTERVAL_NANOS);
    }
}
