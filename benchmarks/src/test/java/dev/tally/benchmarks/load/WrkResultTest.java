package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrkResultTest {
    @Test
    void shouldCountOnlyWhatWasAnsweredWhenSomeWasRefused() {
        // given
        String line = "requests=1000 refused=10 broken=3 duration_us=2000000 p50_us=1500 p99_us=7250";

        // when
        WrkResult result = WrkResult.parse(line, Duration.ofMillis(40));

        // then
        assertThat(result).isEqualTo(new WrkResult(990, 10, 3, 2.0, 1.5, 7.25, Duration.ofMillis(40)));
        assertThat(result.perSecond()).isEqualTo(495);
    }
}
