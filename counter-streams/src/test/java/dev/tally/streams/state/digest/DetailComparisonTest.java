package dev.tally.streams.state.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.digest.CounterDetails.CounterDetail;
import dev.tally.streams.state.digest.DetailComparison.Difference;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetailComparisonTest {
    @Test
    void shouldShowWhatIsOnlyHereOnlyThereAndDifferent() {
        DetailComparison compared =
                DetailComparison.of(details(true, "n/a=1", "n/b=1", "n/c=1"), details(true, "n/a=1", "n/c=2", "n/d=1"));

        assertThat(compared.shown())
                .containsExactly(
                        new Difference("n/b", "1", null),
                        new Difference("n/c", "1", "2"),
                        new Difference("n/d", null, "1"));
        assertThat(compared.shown().stream().map(Difference::toString))
                .containsExactly("n/b only here: 1", "n/c here: 1; there: 2", "n/d only there: 1");
        assertThat(compared.differences()).isEqualTo(3);
        assertThat(compared.complete()).isTrue();
    }

    @Test
    void shouldCompareOnlyUpToTheEndOfAnIncompleteList() {
        DetailComparison compared =
                DetailComparison.of(details(false, "n/a=1", "n/b=1"), details(false, "n/b=1", "n/c=1"));

        assertThat(compared.shown()).containsExactly(new Difference("n/a", "1", null));
        assertThat(compared.complete()).isFalse();
        assertThat(DetailComparison.of(details(false), details(true, "n/a=1")).shown())
                .isEmpty();
    }

    @Test
    void shouldCompareKeysByTheirBytes() {
        // In UTF-16, the first of these is after the second.
        DetailComparison compared =
                DetailComparison.of(details(false, "n/\uFF5E=1"), details(true, "n/\uFF5E=1", "n/\uD83D\uDE00=1"));

        assertThat(compared.shown()).isEmpty();
    }

    @Test
    void shouldShowTheFirstTwentyOnly() {
        String[] many = IntStream.range(100, 150).mapToObj(i -> "n/" + i + "=1").toArray(String[]::new);
        DetailComparison compared = DetailComparison.of(details(true), details(true, many));

        assertThat(compared.shown()).hasSize(DetailComparison.SHOWN_MAX);
        assertThat(compared.shown().get(0).key()).isEqualTo("n/100");
        assertThat(compared.differences()).isEqualTo(50);
    }

    private static CounterDetails details(boolean complete, String... counters) {
        return new CounterDetails(
                Arrays.stream(counters)
                        .map(each -> each.split("="))
                        .map(each -> new CounterDetail(each[0], each[1]))
                        .toList(),
                complete);
    }
}
