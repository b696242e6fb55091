package dev.tally.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void shouldTakeTheMiddleValueWhenTheNumberIsOdd() {
        // given // when // then
        assertThat(new Series(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void shouldTakeTheMeanOfTheMiddleWhenTheNumberIsEven() {
        // given // when // then
        assertThat(new Series(9, 1, 4, 6).median()).isEqualTo(5);
    }

    @Test
    void shouldShowMedianLeastAndGreatestWhenAsked() {
        // given // when // then
        assertThat(new Series(2_000, 1_000, 3_000).show(new Measure("rate", 0))).isEqualTo("2,000 (1,000–3,000)");
    }

    @Test
    void shouldRefuseWhenThereAreNoValues() {
        // given // when // then
        assertThatThrownBy(Series::new).isInstanceOf(IllegalArgumentException.class);
    }
}
