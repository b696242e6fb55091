package dev.tally.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Measure RATE = new Measure("rate", 0);
    private static final Measure BROKER = new Measure("broker", 1);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final Comparison comparison = new Comparison("POST", "tally", "plain");

    @Test
    void shouldTakeRatiosPairByPairWhenBothSidesHaveTheMeasure() {
        // given
        runPair(10, 40);
        runPair(90, 100);
        runPair(30, 60);

        // when
        Series ratios = comparison.ratio("plain", RATE).orElseThrow();

        // then
        assertThat(ratios.median()).isEqualTo(0.5);
        assertThat(ratios.min()).isEqualTo(0.25);
        assertThat(ratios.max()).isEqualTo(0.9);
    }

    @Test
    void shouldHaveNoRatioWhenASideLacksTheMeasure() {
        // given
        comparison.add("tally", new Run().put(BROKER, 3), out);
        comparison.add("plain", new Run().put(RATE, 3), out);

        // when // then
        assertThat(comparison.ratio("plain", BROKER)).isEmpty();
        assertThat(comparison.ratio("plain", RATE)).isEmpty();
    }

    @Test
    void shouldHaveNoRatioWhenItWouldBeOverZero() {
        // given
        runPair(1, 2);
        runPair(1, 0);

        // when // then
        assertThat(comparison.ratio("plain", RATE)).isEmpty();
    }

    @Test
    void shouldHaveNoRatioWhenNothingWasMeasured() {
        // given // when // then
        assertThat(comparison.ratio("plain", RATE)).isEmpty();
    }

    @Test
    void shouldPrintARowForEveryMeasureWhenOnlyOneSideHasIt() {
        // given
        comparison.add("tally", new Run().put(RATE, 12_345).put(BROKER, 1.25), out);
        comparison.add("plain", new Run().put(RATE, 24_690), out);
        printed.reset();

        // when
        comparison.print(out);

        // then
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "| POST   | tally                  | plain                  | tally / plain    |",
                        "|--------|------------------------|------------------------|------------------|",
                        "| rate   | 12,345 (12,345–12,345) | 24,690 (24,690–24,690) | 0.50 (0.50–0.50) |",
                        "| broker | 1.3 (1.3–1.3)          |                        |                  |");
    }

    @Test
    void shouldPrintARatioOfTwoOthersWhenAskedFor() {
        // given
        Comparison three = new Comparison("GET", "hop", "up", "webdis");
        three.alsoOver("up", "webdis");
        three.add("hop", new Run().put(RATE, 10), out);
        three.add("up", new Run().put(RATE, 20), out);
        three.add("webdis", new Run().put(RATE, 40), out);
        printed.reset();

        // when
        three.print(out);

        // then
        assertThat(printed.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow())
                .containsSubsequence("hop / up", "hop / webdis", "up / webdis");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence("0.50 (0.50–0.50)", "0.25 (0.25–0.25)", "0.50 (0.50–0.50)");
    }

    private void runPair(double tally, double plain) {
        comparison.add("tally", new Run().put(RATE, tally), out);
        comparison.add("plain", new Run().put(RATE, plain), out);
    }
}
