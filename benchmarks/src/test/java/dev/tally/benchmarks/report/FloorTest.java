package dev.tally.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.benchmarks.report.Floor.Bound;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FloorTest {
    @Test
    void shouldPassWhenTheMedianIsOnTheLimit() {
        // given // when // then
        assertThat(floor(Bound.AT_MOST, 1.0, 2.5, 9.0).verdict()).isEqualTo("pass");
        assertThat(floor(Bound.AT_LEAST, 1.0, 2.5, 9.0).verdict()).isEqualTo("pass");
    }

    @Test
    void shouldMissWhenTheMedianIsBeyondTheLimit() {
        // given // when // then
        assertThat(floor(Bound.AT_MOST, 1.0, 2.6, 2.7).verdict()).isEqualTo("MISS");
        assertThat(floor(Bound.AT_LEAST, 1.0, 2.4, 9.0).verdict()).isEqualTo("MISS");
    }

    @Test
    void shouldSayThatItWasNotMeasuredWhenThereIsNoRatio() {
        // given // when // then
        assertThat(new Floor("a ratio", Bound.AT_MOST, 2.5, Optional.empty()).verdict())
                .isEqualTo("not measured");
    }

    private static Floor floor(Bound bound, double... ratios) {
        return new Floor("a ratio", bound, 2.5, Optional.of(new Series(ratios)));
    }
}
