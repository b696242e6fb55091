package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.streams.state.CounterSnapshot;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** Any log gives the state of a second fold, which is written as plainly as can be and shares nothing with the first. */
class FoldPropertyTest {
    private static final List<String> NAMES = List.of("p/a", "p/b", "p/c", "q/a");
    private static final List<Long> VALUES =
            List.of(0L, 1L, -1L, 7L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, 1L << 62, -(1L << 62));
    private static final int EVENTS = 1_500;

    @RepeatedTest(8)
    void shouldGiveTheStateOfTheModelWhateverTheLog() {
        // given
        long seed = System.nanoTime();
        System.out.println("FoldPropertyTest seed " + seed);
        Random random = new Random(seed);
        Model model = new Model();
        long time = 1_000_000;

        // A small memory, so that counters come and go between it and the disk.
        try (FoldDriver fold = new FoldDriver(1, 2 + random.nextInt(4))) {
            for (int i = 0; i < EVENTS; i++) {
                // given
                time += random.nextInt(10) == 0 ? random.nextInt(9_000) - 2_000 : random.nextInt(100);
                String name = NAMES.get(random.nextInt(NAMES.size()));
                Operation operation = random.nextInt(4) > 0
                        ? Operation.ADD
                        : random.nextInt(3) == 0 ? Operation.DELETE : Operation.SET;
                long value = VALUES.get(random.nextInt(VALUES.size()));
                String id = random.nextInt(3) == 0 ? null : "id-" + random.nextInt(40);

                // when
                fold.sendAt(time, name, operation, value, id);
                model.apply(time, name, operation, value, id);

                // then
                assertSame(fold.counter(name), model.counters.get(name), "seed " + seed + ", event " + i);
            }

            // then
            for (String name : NAMES) {
                assertSame(fold.counter(name), model.counters.get(name), "seed " + seed + ", at the end");
            }
            assertThat(fold.metrics().duplicate()).isEqualTo(model.duplicates);
            assertThat(fold.metrics().rejected(Rejection.OVERFLOW)).isEqualTo(model.overflows);
        }
    }

    private static void assertSame(CounterSnapshot counter, Model.Counter expected, String where) {
        if (expected == null) {
            assertThat(counter == null || !counter.exists()).as(where).isTrue();
            return;
        }
        assertThat(counter).as(where).isNotNull();
        assertThat(List.of(counter.exists(), counter.total(), counter.adds(), counter.sets(), counter.duplicates()))
                .as(where)
                .isEqualTo(List.of(true, expected.total, expected.adds, expected.sets, expected.duplicates));
        assertThat(counter.lastTime()).as(where).isEqualTo(expected.updatedAt);
    }

    private static final class Model {
        private final Map<String, Counter> counters = new HashMap<>();
        private final Map<String, Long> ids = new HashMap<>();
        private long logTime;
        private long duplicates;
        private long overflows;

        private static final class Counter {
            private long total;
            private long adds;
            private long sets;
            private long duplicates;
            private long updatedAt;
        }

        void apply(long time, String name, Operation operation, long value, String id) {
            logTime = Math.max(logTime, time);
            Long before = id == null ? null : ids.get(name + " " + id);
            if (before != null && logTime - before <= FoldDriver.WINDOW.toMillis()) {
                duplicates++;
                if (counters.get(name) != null) {
                    counters.get(name).duplicates++;
                }
                return;
            }
            if (operation == Operation.DELETE) {
                counters.remove(name);
            } else if (!change(name, operation, value)) {
                overflows++;
                return;
            }
            if (id != null) {
                ids.put(name + " " + id, logTime);
            }
        }

        private boolean change(String name, Operation operation, long value) {
            Counter counter = counters.getOrDefault(name, new Counter());
            BigInteger sum = BigInteger.valueOf(counter.total).add(BigInteger.valueOf(value));
            if (operation == Operation.ADD && sum.bitLength() > 63) {
                return false;
            }
            counter.total = operation == Operation.ADD ? sum.longValueExact() : value;
            counter.adds += operation == Operation.ADD ? 1 : 0;
            counter.sets += operation == Operation.SET ? 1 : 0;
            counter.updatedAt = logTime;
            counters.put(name, counter);
            return true;
        }
    }
}
