package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchWorkersTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "7, 3", "8, 4", "64, 4"})
    void shouldHaveAThreadForEveryTwoProcessorsAndAtMostFour(int processors, int threads) {
        assertThat(BatchWorkers.countFor(processors)).isEqualTo(threads);
    }
}
