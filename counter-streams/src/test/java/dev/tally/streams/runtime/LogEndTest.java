package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogEndTest {
    private final LogEnd.Ends ends = new LogEnd.Ends(new long[] {10}, Instant.EPOCH);

    @Test
    void shouldMeasureLagAgainstTheEndWhenNothingBeyondItIsApplied() {
        assertThat(ends.lag(0, 9, 9)).isZero();
        assertThat(ends.lag(0, 6, 8)).isEqualTo(3);
        assertThat(ends.lag(0, -1, -1)).isEqualTo(10);
    }

    @Test
    void shouldMeasureLagAgainstTheAppliedOffsetWhenItIsBeyondTheEnd() {
        assertThat(ends.lag(0, 9, 14)).isEqualTo(5);
        assertThat(ends.lag(0, 14, 14)).isZero();
        assertThat(ends.lag(0, 15, 14)).isZero();
    }
}
