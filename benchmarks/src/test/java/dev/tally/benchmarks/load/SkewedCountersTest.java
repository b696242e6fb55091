package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SkewedCountersTest {
    private static final int COUNTERS = 1_000;
    private static final int DRAWS = 200_000;
    private static final long SEED = 1;

    @Test
    void shouldDrawTheSameCountersWhenTheSeedIsTheSame() {
        // given
        SkewedCounters one = new SkewedCounters(COUNTERS, SEED);
        SkewedCounters other = new SkewedCounters(COUNTERS, SEED);

        // when // then
        for (int i = 0; i < 1_000; i++) {
            assertThat(other.next()).isEqualTo(one.next());
        }
    }

    @Test
    void shouldDrawInProportionToRankWhenDrawnOften() {
        // given
        SkewedCounters counters = new SkewedCounters(COUNTERS, SEED);
        int[] drawn = new int[COUNTERS];

        // when
        for (int i = 0; i < DRAWS; i++) {
            drawn[counters.next()]++;
        }

        // then
        double harmonic = 0;
        for (int i = 1; i <= COUNTERS; i++) {
            harmonic += 1.0 / i;
        }
        for (int rank : new int[] {1, 2, 10, 100}) {
            double expected = DRAWS / harmonic / rank;
            assertThat((double) drawn[rank - 1]).isBetween(expected * 0.7, expected * 1.3);
        }
        assertThat(drawn[COUNTERS - 1]).isPositive();
    }
}
