package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollLimitTest {
    private static final Duration REQUESTED = Duration.ofMillis(250);

    private final PollLimit limit = new PollLimit();

    @Test
    void shouldShortenPollsUntilAllPartitionsAreReady() {
        assertThat(limit.of(REQUESTED)).isEqualTo(PollLimit.UNTIL_READY);
        assertThat(limit.of(Duration.ZERO)).isZero();
    }

    @Test
    void shouldPollAsRequestedWhenAllPartitionsAreReady() {
        // when
        limit.ready(true);

        // then
        assertThat(limit.of(REQUESTED)).isEqualTo(REQUESTED);
    }

    @Test
    void shouldShortenPollsAgainWhenPartitionsAreRestored() {
        // given
        limit.ready(true);

        // when
        limit.ready(false);

        // then
        assertThat(limit.of(REQUESTED)).isEqualTo(PollLimit.UNTIL_READY);
    }
}
