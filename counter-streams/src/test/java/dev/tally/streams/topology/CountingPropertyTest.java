package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.Step;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** For any log, every kind of read returns the state of {@link CountingModel}. */
class CountingPropertyTest {
    private static final List<String> NAMES = IntStream.range(0, 24)
            .mapToObj(i -> (i % 4 == 0 ? "q/" : "p/") + (char) ('a' + i % 5) + (i % 2 == 0 ? "é" : "") + i)
            .toList();
    private static final List<Long> VALUES = List.of(
            0L, 1L, -1L, 7L, 9L, 30L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, 1L << 62, -(1L << 62));
    private static final int EVENTS = 1_500;
    private static final long DAY = 86_400_000;
    /** The start times of logs: of old logs that are replayed after a year or more, and of a log of today. */
    private static final List<Long> STARTS = List.of(1_000_000L, 1_732_000_000_000L, System.currentTimeMillis());

    @RepeatedTest(10)
    void shouldGiveTheStateOfTheModelWhateverTheLog() {
        // given
        long seed = Seed.printed(CountingPropertyTest.class);
        Random random = new Random(seed);
        CountingModel model = new CountingModel(CountingDriver.WINDOW, CountingDriver.HISTORY);
        long time = STARTS.get(random.nextInt(STARTS.size()));
        boolean small = random.nextBoolean();
        List<Named> latest = new ArrayList<>();

        int recordsOfCommit = 1 + random.nextInt(random.nextBoolean() ? 3 : 60);

        // Mostly few counters fit in memory, so that they move between memory and disk. This also ends commits early.
        try (CountingDriver counting = new CountingDriver(1, random.nextInt(3) == 0 ? 100 : 2 + random.nextInt(30))) {
            for (int i = 0; i < EVENTS; i++) {
                boolean endsCommit = random.nextInt(recordsOfCommit) == 0 || i == EVENTS - 1;
                counting.holdCommits(!endsCommit);
                // given
                time += step(random);
                Named named = named(random, latest);
                String name = named.name();
                String id = named.id();
                // Most repeated IDs have the same content as before, some have random content.
                Random content = id == null || random.nextInt(3) == 0 ? random : new Random(named.hashCode());
                Operation operation = content.nextInt(4) > 0
                        ? Operation.ADD
                        : content.nextInt(3) == 0 ? Operation.DELETE : Operation.SET;
                long value = VALUES.get(content.nextInt(small ? 6 : VALUES.size()));
                long occurredAt = occurredAt(time, random);

                // when
                counting.sendAt(time, name, operation, value, id, occurredAt);
                model.apply(time, name, operation, value, id, occurredAt);

                // then
                String where = "seed " + seed + ", event " + i;
                assertSame(counting.counter(name), model.counter(name), where);
                if (endsCommit && (random.nextInt(25) == 0 || recordsOfCommit > 25 || i == EVENTS - 1)) {
                    assertSameHistory(counting, model, name, where);
                    assertSamePages(counting, model, random, where);
                }
            }

            // then
            for (String name : NAMES) {
                assertSame(counting.counter(name), model.counter(name), "seed " + seed + ", at the end");
                assertSameHistory(counting, model, name, "seed " + seed + ", at the end");
            }
            assertThat(counting.metrics().duplicate()).isEqualTo(model.duplicates());
            assertThat(counting.metrics().rejected(Rejection.OVERFLOW)).isEqualTo(model.overflows());
            assertThat(counting.metrics().rejected(Rejection.ID_REUSED)).isEqualTo(model.reused());
            assertThat(model.duplicates()).isPositive();
            assertThat(model.reused()).isPositive();
        }
    }

    /** The counter and the ID of an event. */
    private record Named(String name, String id) {}

    /** Often repeats one of the latest, because older ones are outside the window. */
    private static Named named(Random random, List<Named> latest) {
        if (!latest.isEmpty() && random.nextInt(3) == 0) {
            return latest.get(latest.size() - 1 - random.nextInt(Math.min(latest.size(), 4)));
        }
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String id = random.nextInt(3) == 0 ? null : "id-" + random.nextInt(40);
        latest.add(new Named(name, id));
        return latest.get(latest.size() - 1);
    }

    /** With bounds as small as the driver's, the index of the largest totals is at one of them most of the time. */
    @RepeatedTest(10)
    void shouldNameTheLargestWhateverIsCommittedTogether() {
        // given
        long seed = Seed.printed("CountingPropertyTest largest");
        Random random = new Random(seed);
        CountingModel model = new CountingModel(CountingDriver.WINDOW, CountingDriver.HISTORY);
        int counters = 9 + random.nextInt(20);

        try (CountingDriver each = new CountingDriver(1, 100);
                CountingDriver many = new CountingDriver(1, 2 * counters + random.nextInt(100))) {
            for (int commit = 0; commit < 300; commit++) {
                // given
                String where = "seed " + seed + ", commit " + commit;
                List<Change> changes = new ArrayList<>(risers(counters, random));
                if (random.nextBoolean()) {
                    changes.addAll(falls(model, random));
                }
                for (int i = 0; i < changes.size(); i++) {
                    Change change = changes.get(i);

                    // when
                    many.holdCommits(i < changes.size() - 1);
                    many.sendAt(1_000, change.name, change.operation, change.value);
                    each.sendAt(1_000, change.name, change.operation, change.value);
                    model.apply(1_000, change.name, change.operation, change.value, null, 0);

                    // then
                    assertSameLargest(each, model, "p", where);
                }
                assertSameLargest(many, model, "p", where);
            }
        }
    }

    private record Change(String name, Operation operation, long value) {}

    private static List<Change> risers(int counters, Random random) {
        return random.ints(1 + random.nextInt(3), 0, counters)
                .mapToObj(i -> new Change("p/c" + i, Operation.values()[1 + random.nextInt(2)], random.nextInt(30)))
                .toList();
    }

    /** Lowers up to eight of the largest totals, in random order. */
    private static List<Change> falls(CountingModel model, Random random) {
        List<String> largest =
                new ArrayList<>(model.byTotal("p").stream().limit(8).toList());
        Collections.shuffle(largest, random);
        return largest.stream()
                .limit(random.nextInt(9))
                .map(each -> new Change(
                        "p/" + each.substring(0, each.indexOf('=')),
                        random.nextInt(5) == 0 ? Operation.DELETE : Operation.SET,
                        random.nextInt(6)))
                .toList();
    }

    private static long step(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(9_000) - 2_000;
            case 1 -> random.nextInt(3_600_000);
            case 2 -> random.nextInt(40) == 0 ? 40 * DAY : random.nextLong(DAY);
            default -> random.nextInt(100);
        };
    }

    private static long occurredAt(long time, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> time - random.nextLong(3 * DAY);
            case 1 -> time - random.nextLong(400 * DAY);
            case 2 -> time + random.nextInt(600_000);
            case 3 -> random.nextInt(6) == 0 ? time + random.nextLong(4 * DAY) : time;
            case 4 -> random.nextInt(6) == 0 ? random.nextLong() : time;
            default -> time - random.nextInt(60_000);
        };
    }

    private static void assertSame(CounterSnapshot counter, CountingModel.Counter expected, String where) {
        if (expected == null) {
            assertThat(counter == null || !counter.exists()).as(where).isTrue();
            return;
        }
        assertThat(counter).as(where).isNotNull();
        assertThat(List.of(counter.exists(), counter.total(), counter.adds(), counter.sets(), counter.duplicates()))
                .as(where)
                .isEqualTo(List.of(true, expected.total(), expected.adds(), expected.sets(), expected.duplicates()));
        assertThat(counter.lastTime()).as(where).isEqualTo(expected.updatedAt());
    }

    private static void assertSameHistory(CountingDriver counting, CountingModel model, String name, String where) {
        for (Step step : Step.values()) {
            long earliest = model.earliest(step);
            // Reads all retained buckets up to a few days ahead, in as many ranges as needed.
            Map<Long, BigInteger> seen = new TreeMap<>();
            long end = earliest + 3 * HistoryRange.BUCKETS_MAX;
            for (long from = earliest; from < end; from += HistoryRange.BUCKETS_MAX) {
                History history = counting.history(name, new HistoryRange(step, from, from + HistoryRange.BUCKETS_MAX));
                if (model.counter(name) == null) {
                    assertThat(history).as(where).isNull();
                    return;
                }
                assertThat(history.earliest()).as(where).isEqualTo(earliest);
                history.buckets().forEach(bucket -> seen.put(bucket.number(), bucket.delta()));
            }
            seen.values().removeIf(BigInteger.ZERO::equals);
            Map<Long, BigInteger> expected = new TreeMap<>(model.history(name, step));
            expected.keySet().removeIf(number -> number >= end);
            assertThat(seen).as(where + ", " + name + " by " + step).isEqualTo(expected);
        }
    }

    private static void assertSamePages(CountingDriver counting, CountingModel model, Random random, String where) {
        for (String namespace : List.of("p", "q", "r")) {
            List<String> listed = new ArrayList<>();
            String beyond = null;
            do {
                CounterPage page = counting.page(PageQuery.byName(namespace, "", beyond, 1 + random.nextInt(8)));
                page.counters().forEach(entry -> listed.add(entry.counter() + "=" + entry.total()));
                beyond = page.upTo();
            } while (beyond != null);
            assertThat(listed).as(where).isEqualTo(model.byName(namespace));

            assertSameLargest(counting, model, namespace, where);
        }
    }

    private static void assertSameLargest(
            CountingDriver counting, CountingModel model, String namespace, String where) {
        List<String> largest = counting.page(PageQuery.byTotal(namespace, 3)).counters().stream()
                .map(entry -> entry.counter() + "=" + entry.total())
                .toList();
        assertThat(largest)
                .as(where)
                .isEqualTo(model.byTotal(namespace).stream().limit(3).toList());
    }
}
