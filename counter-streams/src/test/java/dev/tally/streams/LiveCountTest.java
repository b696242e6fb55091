package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.topology.CountingMetrics;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveCountTest {
    private final Map<CountingMetrics, Long> counted = new IdentityHashMap<>();
    private final LiveCount count = new LiveCount(metrics -> counted.getOrDefault(metrics, 0L));
    private final CountingMetrics first = new CountingMetrics();
    private final CountingMetrics second = new CountingMetrics();

    @Test
    void shouldGoOnWhereItWasWhenAnotherGenerationBecomesLive() {
        assertThat(count.value()).isZero();

        count.live(first);
        counted.put(first, 10L);
        counted.put(second, 1_000L); // counted from the log before it was live
        assertThat(count.value()).isEqualTo(10);

        count.live(second);
        count.live(second);
        counted.put(second, 1_003L);
        counted.put(first, 12L); // counts on
        assertThat(count.value()).isEqualTo(13);

        count.live(first);
        counted.put(first, 13L);
        assertThat(count.value()).isEqualTo(14);
    }
}
