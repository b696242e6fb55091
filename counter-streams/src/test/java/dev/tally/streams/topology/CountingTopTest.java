package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.PageQuery;
import dev.tally.streams.state.page.IndexLimits;
import dev.tally.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The index of the largest totals, with its default bounds unless a test needs smaller ones. */
class CountingTopTest {
    private static final int COUNTERS = 5_000;
    private static final int MEMBERS_MAX = 2_000;

    private final CountingDriver counting = new CountingDriver();
    private final CountingModel model = new CountingModel(Duration.ZERO, CountingDriver.HISTORY);

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void shouldNameTheLargestWhenThereAreMoreThanItHolds() {
        // when
        countUpInAnyOrder();

        // then
        assertSame();
        assertThat(counting.count('x')).isBetween(PageQuery.LIMIT_MAX, MEMBERS_MAX);
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
        assertThat(counting.count('x')).isLessThanOrEqualTo(MEMBERS_MAX);
    }

    @Test
    void shouldNotWriteTheIndexWhenTotalsChangeWithoutCrossingTheFloor() {
        // given
        countUpInAnyOrder();
        String first = model.byTotal("top").get(0);
        long before = counting.changelogRecords();

        // when
        for (int i = 0; i < 100; i++) {
            send("top/" + first.substring(0, first.indexOf('=')), Operation.ADD, 1);
            send("top/c0", Operation.ADD, 0);
        }

        // then
        assertThat(counting.changelogRecords() - before).isEqualTo(400); // 200 times the counter and the applied offset
        assertSame();
    }

    @Test
    void shouldNameTheLargestOfMoreNamespacesThanAreKeptInOrder() {
        // given
        int namespaces = 100;
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < namespaces; i++) {
                counting.sendAt(1_000, "n" + i + "/a", Operation.ADD, i);
                counting.sendAt(1_000, "n" + i + "/b", Operation.ADD, 2);

                // when, then
                String largest = i < 2 ? "b=" + 2 * round : "a=" + i * round; // equal totals are in order of name
                assertThat(counting.page(PageQuery.byTotal("n" + i, 1)).counters().stream()
                                .map(entry -> entry.counter() + "=" + entry.total()))
                        .containsExactly(largest);
            }
        }
    }

    @Test
    void shouldNotLetTheFloorFallWhenMostMembersFallInTheCommitInWhichAnotherRises() {
        try (CountingDriver small = new CountingDriver(1, 100)) {
            // given
            sevenMembersAboveNine(small);

            // when
            small.holdCommits(true);
            small.sendAt(1_000, "top/r", Operation.ADD, 1_000);
            for (String member : List.of("m1", "m2", "m3", "m4", "m5", "m8")) {
                small.sendAt(1_000, "top/" + member, Operation.SET, 0);
            }
            small.holdCommits(false);
            small.sendAt(1_000, "top/m9", Operation.SET, 0);

            // then
            assertThat(largest(small, 3)).containsExactly("r=1000", "n1=9", "m6=5");
            for (int i = 0; i < 20; i++) {
                small.sendAt(1_000, "other/a", Operation.ADD, 1);
                assertThat(largest(small, 3)).containsExactly("r=1000", "n1=9", "m6=5");
            }
        }
    }

    @Test
    void shouldNameACounterThatIsNewInTheCommitInWhichMostMembersFall() {
        try (CountingDriver small = new CountingDriver(1, 100)) {
            // given
            sevenMembersAboveNine(small);

            // when
            small.holdCommits(true);
            small.sendAt(1_000, "top/new", Operation.ADD, 8);
            for (int i = 0; i < 20; i++) {
                small.sendAt(1_000, "other/a", Operation.ADD, 1); // a commit with more records backfills more
            }
            for (String member : List.of("m1", "m2", "m3", "m4", "m8")) {
                small.sendAt(1_000, "top/" + member, Operation.SET, 0);
            }
            small.holdCommits(false);
            small.sendAt(1_000, "top/m9", Operation.SET, 0);

            // then
            for (int i = 0; i < 20; i++) {
                assertThat(largest(small, 3)).containsExactly("m5=105", "n1=9", "new=8");
                small.sendAt(1_000, "other/a", Operation.ADD, 1);
            }
        }
    }

    @Test
    void shouldCompleteABackfillWhenNoEventsArrive() {
        // given
        countUpInAnyOrder();
        mostMembersFall();
        assertThat(counting.count('l')).isOne();
        assertSame();

        // when
        for (int i = 0; i < COUNTERS / IndexLimits.DEFAULT.backfilled() + 1; i++) {
            counting.advanceWallClock(Duration.ofMillis(100));
            assertSame();
        }

        // then
        assertThat(counting.count('l')).isZero();
        assertThat(counting.count('x')).isBetween(PageQuery.LIMIT_MAX, MEMBERS_MAX);
        long written = counting.changelogRecords();
        for (int i = 0; i < 10; i++) {
            counting.advanceWallClock(Duration.ofSeconds(1));
        }
        assertThat(counting.changelogRecords()).isEqualTo(written);
    }

    @Test
    void shouldContinueTheBackfillWhenRestartedWithoutEvents() {
        // given
        countUpInAnyOrder();
        mostMembersFall();
        counting.advanceWallClock(Duration.ofMillis(100));

        // when
        try (CountingDriver restarted = counting.restored()) {
            assertThat(restarted.count('l')).isOne();
            for (int i = 0; i < COUNTERS / IndexLimits.DEFAULT.backfilled() + 1; i++) {
                restarted.advanceWallClock(Duration.ofMillis(100));
            }

            // then
            assertThat(restarted.count('l')).isZero();
            assertThat(largest(restarted, PageQuery.LIMIT_MAX))
                    .isEqualTo(model.byTotal("top").stream()
                            .limit(PageQuery.LIMIT_MAX)
                            .toList());
        }
    }

    private void mostMembersFall() {
        List<String> names = model.byTotal("top").stream()
                .limit(MEMBERS_MAX - 100)
                .map(each -> "top/" + each.substring(0, each.indexOf('=')))
                .toList();
        counting.holdCommits(true);
        names.forEach(name -> send(name, Operation.SET, -1));
        counting.holdCommits(false);
        send("top/c0", Operation.SET, -1);
    }

    /** With the bounds 3, 5 and 7: m1 to m5, m8 and m9 are members; m6, m7 and n1 are not. */
    private static void sevenMembersAboveNine(CountingDriver small) {
        small.sendAt(1_000, "top/n1", Operation.ADD, 9);
        small.sendAt(1_000, "top/m6", Operation.ADD, 5);
        small.sendAt(1_000, "top/m7", Operation.ADD, 4);
        for (int i = 1; i <= 5; i++) {
            small.sendAt(1_000, "top/m" + i, Operation.ADD, 100 + i);
        }
        small.sendAt(1_000, "top/m8", Operation.ADD, 108);
        small.sendAt(1_000, "top/m9", Operation.ADD, 109);
        assertThat(small.count('x')).isEqualTo(7);
    }

    private static List<String> largest(CountingDriver counting, int limit) {
        return counting.page(PageQuery.byTotal("top", limit)).counters().stream()
                .map(entry -> entry.counter() + "=" + entry.total())
                .toList();
    }

    private void countUpInAnyOrder() {
        long seed = Seed.printed(CountingTopTest.class);
        List<Long> totals =
                new ArrayList<>(LongStream.range(0, COUNTERS).boxed().toList());
        Collections.shuffle(totals, new Random(seed));
        for (int i = 0; i < COUNTERS; i++) {
            send("top/c" + i, Operation.ADD, totals.get(i) / 3);
        }
    }

    private void send(String name, Operation operation, long value) {
        counting.sendAt(1_000, name, operation, value);
        model.apply(1_000, name, operation, value, null, 0);
    }

    private void assertSame() {
        assertThat(counting.page(PageQuery.byTotal("top", PageQuery.LIMIT_MAX)).counters().stream()
                        .map(entry -> entry.counter() + "=" + entry.total()))
                .isEqualTo(
                        model.byTotal("top").stream().limit(PageQuery.LIMIT_MAX).toList());
    }
}
