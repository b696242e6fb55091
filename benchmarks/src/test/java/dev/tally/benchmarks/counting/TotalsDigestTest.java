package dev.tally.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsDigestTest {
    @Test
    void shouldBeTheSameWhenOnlyTheOrderDiffers() {
        // given
        Map<String, Long> other = new LinkedHashMap<>();
        other.put("b", 2L);
        other.put("a", 1L);

        // when // then
        assertThat(TotalsDigest.of(other)).isEqualTo(TotalsDigest.of(Map.of("a", 1L, "b", 2L)));
    }

    @Test
    void shouldDifferWhenTotalsAreSwapped() {
        // given // when // then
        assertThat(TotalsDigest.of(Map.of("a", 2L, "b", 1L))).isNotEqualTo(TotalsDigest.of(Map.of("a", 1L, "b", 2L)));
    }
}
