package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.benchmarks.process.BenchException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateOverTimeTest {
    private static final long ORIGIN = -5;

    private final RateOverTime rate = new RateOverTime(ORIGIN);

    @Test
    void shouldTakeTheMeanWhenSamplesAreOnTheMoments() {
        // given
        sample(0, 100);
        sample(1_000, 200);
        sample(2_000, 500);

        // when // then
        assertThat(rate.between(0, 1)).isEqualTo(100);
        assertThat(rate.between(1, 2)).isEqualTo(300);
        assertThat(rate.between(0, 2)).isEqualTo(200);
    }

    @Test
    void shouldGrowEvenlyBetweenSamplesWhenTheyAreBesideTheMoments() {
        // given
        sample(0, 0);
        sample(4_000, 400);
        sample(8_000, 2_000);

        // when // then
        assertThat(rate.between(2, 6)).isEqualTo(250);
        assertThat(rate.between(5, 6)).isEqualTo(400);
    }

    @Test
    void shouldRefuseAMomentWhenNoSampleCoversIt() {
        // given
        sample(0, 0);
        sample(9_000, 100);

        // when // then
        assertThatThrownBy(() -> rate.between(0, 10))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("second 10.0");
    }

    private void sample(long millis, long count) {
        rate.add(ORIGIN + Duration.ofMillis(millis).toNanos(), count);
    }
}
