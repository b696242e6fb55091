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
        assertThat(floor(Bound.AT_MOST, 1.0, 2.6, 2.7).verdict()).isEqualTo("MISSED");
        assertThat(floor(Bound.AT_LEAST, 1.0, 2.4, 9.0).verdict()).isEqualTo("MISSED");
    }

    @Test
    void shouldSayWhyItWasNotMeasuredWhenThereIsAReason() {
        // given
        Floor floor = floor(Bound.AT_LEAST, 1.0);

        // when
        Floor missing = floor.notMeasured("webdis is not installed");

        // then
        assertThat(missing.measuredShown()).isEqualTo("not measured: webdis is not installed");
        assertThat(missing.verdict()).isEmpty();
    }

    @Test
    void shouldSayThatItWasNotMeasuredWhenThereIsNoRatio() {
        // given // when
        Floor floor = Floor.ratio("a ratio", Bound.AT_MOST, 2.5, Optional.empty(), "a meaning");

        // then
        assertThat(floor.measuredShown()).isEqualTo("not measured");
        assertThat(floor.verdict()).isEmpty();
    }

    @Test
    void shouldHoldZeroWhenNothingIsAllowed() {
        // given
        Measure count = new Measure("requests", 0);

        // when
        Floor held = new Floor("refused", Bound.AT_MOST, 0, count, Optional.of(new Series(0)), "", "a meaning");
        Floor missed = new Floor("refused", Bound.AT_MOST, 0, count, Optional.of(new Series(1)), "", "a meaning");

        // then
        assertThat(held.limitShown()).isEqualTo("≤ 0");
        assertThat(held.verdict()).isEqualTo("pass");
        assertThat(missed.verdict()).isEqualTo("MISSED");
    }

    private static Floor floor(Bound bound, double... ratios) {
        return Floor.ratio("a ratio", bound, 2.5, Optional.of(new Series(ratios)), "a meaning");
    }
}
