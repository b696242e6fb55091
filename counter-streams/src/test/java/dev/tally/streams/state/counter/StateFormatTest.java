package dev.tally.streams.state.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.history.OpenBuckets;
import dev.tally.testkit.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateFormatTest {
    private final StateFormat format = new StateFormat();

    @Test
    void shouldReadBackWhatItWroteWhenValuesAreAtTheirEdges() {
        for (long total : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            // given
            CounterSnapshot counter = new CounterSnapshot(
                    true, total, Long.MAX_VALUE, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, Long.MAX_VALUE, 1);

            // when
            CounterSnapshot read = StateFormat.total(format.total(counter, false, new OpenBuckets()));

            // then
            assertThat(read).isEqualTo(counter);
        }
    }

    @Test
    void shouldReadBackWhatItWroteWhenCountersAreRandom() {
        long seed = Seed.printed(StateFormatTest.class);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            // given
            CounterSnapshot counter = new CounterSnapshot(
                    random.nextBoolean(),
                    random.nextLong(),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextInt(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(Long.MAX_VALUE));

            // when / then
            assertThat(StateFormat.total(format.total(counter, false, new OpenBuckets())))
                    .isEqualTo(counter);
        }
    }
}
