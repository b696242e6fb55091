package dev.tally.benchmarks.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TotalsTest {
    @Test
    void shouldAddUpTheTotalsOfAPage() {
        // given
        String page = """
                {"namespace":"bench","counters":[{"counter":"c-0","total":12,"updatedAt":"2026-01-01T00:00:00Z"},\
                {"counter":"c-1","total":3000000000,"updatedAt":"2026-01-01T00:00:00Z"}],"next":null,"asOf":"9"}""";

        // when // then
        assertThat(Totals.sumOf(page)).isEqualTo(3_000_000_012L);
        assertThat(Totals.next(page)).isEmpty();
    }

    @Test
    void shouldGoOnWithTheNextPageWhenThereIsOne() {
        // given
        String page = "{\"namespace\":\"bench\",\"counters\":[],\"next\":\"Yy0x\",\"asOf\":\"9\"}";

        // when // then
        assertThat(Totals.next(page)).contains("Yy0x");
    }
}
