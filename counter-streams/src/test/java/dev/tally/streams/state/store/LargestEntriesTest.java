package dev.tally.streams.state.store;

import static dev.tally.streams.state.entry.LargestEntry.size;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.history.HistoryRetention;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The entries of which a partition has one are far smaller than the default limit of a broker. */
class LargestEntriesTest {
    private static final long FAR = Long.MAX_VALUE;

    @Test
    void shouldBoundTheAppliedOffsetAndTheGeneration() {
        StateParameters generation = new StateParameters(
                Duration.ofMillis(FAR),
                new HistoryRetention(Duration.ofMillis(FAR), Duration.ofMillis(FAR), Duration.ofMillis(FAR)),
                true);
        AppliedOffset applied = new AppliedOffset();
        applied.set(FAR, FAR, FAR);
        assertThat(size(AppliedOffset.KEY, applied.value())).isLessThan(1_000);
        assertThat(size(StateParameters.KEY, generation.value())).isLessThan(1_000);
    }
}
