package dev.tally.standalone.audit;

import static dev.tally.standalone.audit.RandomLog.key;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRangesTest {
    /** The offset of a page is its number times ten. */
    private static PageRanges ranges(String... pages) {
        PageRanges ranges = new PageRanges();
        for (int i = 0; i < pages.length; i++) {
            boolean empty = pages[i].isEmpty();
            ranges.add(
                    empty ? null : key(pages[i].substring(0, 1)),
                    empty ? null : key(pages[i].substring(pages[i].length() - 1)),
                    new long[] {PageRanges.NOTHING, i * 10L});
        }
        return ranges;
    }

    @ParameterizedTest
    @CsvSource({"a, 0", "b1, 0", "d1, 0 10", "e, 0 10", "f1, 10", "h1, 10 20", "j1, 20", "z, 20"})
    void shouldBeMissingAtThePageOfTheRangeOrAtEitherOfTwo(String name, String offsets) {
        assertThat(ranges("bd", "fh", "jk").missingAt(key(name), 1)).containsExactly(numbers(offsets));
    }

    @ParameterizedTest
    @CsvSource({"a, 0 10", "c1, 10", "e, 10 20 30 40", "f1, 40", "h, 40 50 60"})
    void shouldBeMissingAtAnyPageWithoutCountersWhenTheyAreInBetween(String name, String offsets) {
        assertThat(ranges("", "bd", "", "", "fg", "", "").missingAt(key(name), 1))
                .containsExactly(numbers(offsets));
    }

    @Test
    void shouldBeMissingAtTheOnlyPage() {
        assertThat(ranges("").missingAt(key("a"), 1)).containsExactly(0);
        assertThat(ranges("bd").missingAt(key("a"), 1)).containsExactly(0);
        assertThat(ranges("bd").missingAt(key("z"), 1)).containsExactly(0);
    }

    @Test
    void shouldOrderTheOffsetsWhenThePagesDoNot() {
        // given: a failover to an instance that is behind
        PageRanges ranges = new PageRanges();
        ranges.add(key("a"), key("b"), new long[] {9});
        ranges.add(key("d"), key("e"), new long[] {4});

        // when, then
        assertThat(ranges.missingAt(key("c"), 0)).containsExactly(4, 9);
        assertThat(ranges.last(0)).isEqualTo(9);
    }

    @Test
    void shouldHaveOneOffsetWhenNothingWasCountedMeanwhile() {
        // given
        PageRanges ranges = ranges("bd", "fh");

        // when, then
        assertThat(ranges.missingAt(key("e"), 0)).containsExactly(PageRanges.NOTHING);
        assertThat(ranges.last(0)).isEqualTo(PageRanges.NOTHING);
    }

    private static long[] numbers(String text) {
        return java.util.Arrays.stream(text.split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
