package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.PageQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The index of the largest totals, of the size that it has. */
class FoldTopTest {
    private static final int COUNTERS = 5_000;
    private static final int MEMBERS_MAX = 2_000;

    private final FoldDriver fold = new FoldDriver();
    private final FoldModel model = new FoldModel(Duration.ZERO, FoldDriver.HISTORY);

    @AfterEach
    void close() {
        fold.close();
    }

    @Test
    void shouldNameTheLargestWhenThereAreMoreThanItHolds() {
        // when
        countUpInAnyOrder();

        // then
        assertSame();
        assertThat(fold.count('x')).isBetween(PageQuery.LIMIT_MAX, MEMBERS_MAX);
    }

    @Test
    void shouldNameTheLargestWhenTheyFallOneAfterTheOther() {
        // given
        countUpInAnyOrder();
        List<String> largest = new ArrayList<>(model.byTotal("top"));

        // when
        for (int i = 0; i < 2_500; i++) {
            String name = "top/" + largest.get(i).substring(0, largest.get(i).indexOf('='));
            send(name, i % 3 == 0 ? Operation.DELETE : Operation.SET, -1);

            // then
            if (i % 250 == 0) {
                assertSame();
            }
        }
        assertSame();
        assertThat(fold.count('x')).isLessThanOrEqualTo(MEMBERS_MAX);
    }

    @Test
    void shouldWriteNoMoreOfItWhenTotalsChangeInTheirPlaces() {
        // given
        countUpInAnyOrder();
        String first = model.byTotal("top").get(0);
        long before = fold.changelogRecords();

        // when
        for (int i = 0; i < 100; i++) {
            send("top/" + first.substring(0, first.indexOf('=')), Operation.ADD, 1);
            send("top/c0", Operation.ADD, 0);
        }

        // then
        assertThat(fold.changelogRecords() - before).isEqualTo(400); // each time the counter and the mark
        assertSame();
    }

    @Test
    void shouldNameTheLargestOfMoreNamespacesThanAreKeptInOrder() {
        // given
        int namespaces = 100;
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < namespaces; i++) {
                fold.sendAt(1_000, "n" + i + "/a", Operation.ADD, i);
                fold.sendAt(1_000, "n" + i + "/b", Operation.ADD, 2);

                // when, then
                String largest = i < 2 ? "b=" + 2 * round : "a=" + i * round; // equal ones by name
                assertThat(fold.page(PageQuery.byTotal("n" + i, 1)).counters().stream()
                                .map(entry -> entry.counter() + "=" + entry.total()))
                        .containsExactly(largest);
            }
        }
    }

    private void countUpInAnyOrder() {
        long seed = System.nanoTime();
        System.out.println("FoldTopTest seed " + seed);
        List<Long> totals =
                new ArrayList<>(LongStream.range(0, COUNTERS).boxed().toList());
        Collections.shuffle(totals, new Random(seed));
        for (int i = 0; i < COUNTERS; i++) {
            send("top/c" + i, Operation.ADD, totals.get(i) / 3);
        }
    }

    private void send(String name, Operation operation, long value) {
        fold.sendAt(1_000, name, operation, value);
        model.apply(1_000, name, operation, value, null, 0);
    }

    private void assertSame() {
        assertThat(fold.page(PageQuery.byTotal("top", PageQuery.LIMIT_MAX)).counters().stream()
                        .map(entry -> entry.counter() + "=" + entry.total()))
                .isEqualTo(
                        model.byTotal("top").stream().limit(PageQuery.LIMIT_MAX).toList());
    }
}
