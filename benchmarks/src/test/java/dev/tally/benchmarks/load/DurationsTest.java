package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurationsTest {
    private final Durations durations = new Durations();

    @Test
    void shouldTellWhatSoManyOfAHundredDidNotExceed() {
        // given
        for (int millis = 2_000; millis > 0; millis--) {
            durations.add(millis * 1_000_000L);
        }

        // then
        assertThat(durations.count()).isEqualTo(2_000);
        assertThat(durations.percentileMillis(50)).isEqualTo(1_000);
        assertThat(durations.percentileMillis(99)).isEqualTo(1_980);
        assertThat(durations.percentileMillis(100)).isEqualTo(2_000);
    }

    @Test
    void shouldGoOnWhenOneIsAddedAfterAQuestion() {
        // given
        durations.add(3_000_000);
        durations.add(5_000_000);
        double before = durations.percentileMillis(100);

        // when
        durations.add(4_000_000);

        // then
        assertThat(before).isEqualTo(5);
        assertThat(durations.percentileMillis(50)).isEqualTo(4);
        assertThat(durations.percentileMillis(100)).isEqualTo(5);
    }

    @Test
    void shouldBeZeroWhenThereIsNone() {
        assertThat(durations.percentileMillis(99)).isZero();
    }
}
