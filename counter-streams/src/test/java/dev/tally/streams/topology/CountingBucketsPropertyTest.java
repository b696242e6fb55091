package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Step;
import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A few counters that move from bucket to bucket, with late events for buckets that are in the counter's own entry, in an entry
 * with other buckets, or not stored yet, and with events from far ahead, across periods, deletions and restores. The history is
 * always that of {@link CountingModel}.
 */
class CountingBucketsPropertyTest {
    private static final int EVENTS = 1_200;
    private static final int MINUTE = 60_000;
    private static final long HOUR = 60L * MINUTE;

    @RepeatedTest(10)
    void shouldGiveTheHistoryOfTheModelWhateverIsLeftAndLate() {
        // given
        long seed = Seed.printed(CountingBucketsPropertyTest.class);
        Random random = new Random(seed);
        CountingModel model = new CountingModel(CountingDriver.WINDOW, CountingDriver.HISTORY);
        long time = 1_732_000_000_000L + random.nextInt(1_000_000_000);
        int stepMax = random.nextBoolean() ? 2 * MINUTE : 40 * MINUTE;
        int recordsOfCommit = 1 + random.nextInt(30);
        boolean comesFromAhead = random.nextBoolean();
        long value = random.nextBoolean() ? 1 : Long.MAX_VALUE / 3;

        // With two entries in memory, counters move between memory and disk.
        try (CountingDriver counting = new CountingDriver(1, random.nextBoolean() ? 2 : 100)) {
            for (int i = 0; i < EVENTS; i++) {
                boolean endsCommit = random.nextInt(recordsOfCommit) == 0 || i == EVENTS - 1;
                counting.holdCommits(!endsCommit);
                time += random.nextInt(stepMax);
                String name = "shop/c" + random.nextInt(3);
                Operation operation = switch (random.nextInt(60)) {
                    case 0 -> Operation.DELETE;
                    case 1, 2, 3, 4 -> Operation.SET;
                    default -> Operation.ADD;
                };
                long occurredAt = switch (random.nextInt(10)) {
                    case 0 -> time - random.nextInt(20 * MINUTE);
                    case 1 -> time - random.nextLong(6 * HOUR);
                    case 2 -> comesFromAhead ? time + random.nextLong(5 * HOUR) : time;
                    default -> time;
                };

                // when
                long added = operation == Operation.ADD ? value : 0;
                counting.sendAt(time, name, operation, added, null, occurredAt);
                model.apply(time, name, operation, added, null, occurredAt);

                // then
                if (endsCommit && random.nextInt(10) == 0 || i == EVENTS - 1) {
                    for (Step step : Step.values()) {
                        assertSame(
                                counting, model, name, step, random, "seed " + seed + ", event " + i + ", by " + step);
                    }
                }
            }
        }
    }

    /** Compares the history in ranges with random bounds. */
    private static void assertSame(
            CountingDriver counting, CountingModel model, String name, Step step, Random random, String where) {
        if (model.counter(name) == null) {
            assertThat(counting.history(name, new HistoryRange(step, 0, 1)))
                    .as(where)
                    .isNull();
            return;
        }
        Map<Long, BigInteger> seen = new TreeMap<>();
        long end = model.earliest(step) + 1_500;
        for (long from = model.earliest(step); from < end; ) {
            long to = Math.min(end, from + 1 + random.nextInt(700));
            for (History.Bucket bucket :
                    counting.history(name, new HistoryRange(step, from, to)).buckets()) {
                assertThat(bucket.number()).as(where).isBetween(from, to - 1);
                seen.put(bucket.number(), bucket.delta());
            }
            from = to;
        }
        seen.values().removeIf(BigInteger.ZERO::equals);
        Map<Long, BigInteger> expected = new TreeMap<>(model.history(name, step));
        expected.keySet().removeIf(number -> number >= end);
        assertThat(seen).as(where).isEqualTo(expected);
    }
}
