package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollWakeupsTest {
    private int issued;
    private final PollWakeups wakeups = new PollWakeups(() -> issued++);

    @Test
    void shouldIssueOneWakeupWhenRequestedTwiceWithinAPoll() {
        // given
        assertThat(wakeups.begin()).isFalse();

        // when
        wakeups.ask();
        wakeups.ask();
        wakeups.thrown();

        // then
        assertThat(issued).isEqualTo(1);
        assertThat(wakeups.end()).isFalse();
    }

    @Test
    void shouldMakeTheNextPollImmediateWhenRequestedOutsideOfAPoll() {
        // when
        wakeups.ask();

        // then
        assertThat(issued).isZero();
        assertThat(wakeups.isAsked()).isTrue();
        assertThat(wakeups.begin()).isTrue();
        assertThat(wakeups.isAsked()).isFalse();
        wakeups.end();
        assertThat(wakeups.begin()).isFalse();
    }

    @Test
    void shouldReportAPendingWakeupWhenThePollEndedWithoutIt() {
        // given
        wakeups.begin();

        // when
        wakeups.ask();

        // then
        assertThat(wakeups.end()).isTrue();
        wakeups.begin();
        assertThat(wakeups.end()).isFalse();
    }

    @Test
    void shouldReportAPendingWakeupWhenAnotherIsIssuedAfterTheFirstHasThrown() {
        // given
        wakeups.begin();
        wakeups.ask();
        wakeups.thrown();

        // when
        wakeups.ask();

        // then
        assertThat(issued).isEqualTo(2);
        assertThat(wakeups.end()).isTrue();
    }
}
