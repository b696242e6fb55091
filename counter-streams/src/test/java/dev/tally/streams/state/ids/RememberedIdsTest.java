package dev.tally.streams.state.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.entry.FlushBatch;
import dev.tally.testkit.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The last application of each ID is found for at least the window, whatever is in memory. */
class RememberedIdsTest {
    private static final long WINDOW = 5_000;

    private final CountedReads store = new CountedReads();

    private record Event(byte[] counter, byte[] id, RememberedId applied) {}

    @RepeatedTest(30)
    void shouldFindEachIdAsItWasAppliedLastWhateverIsInMemory() {
        // given
        long seed = Seed.printed(RememberedIdsTest.class);
        Random random = new Random(seed);
        int inMemoryMax = random.nextInt(3) == 0 ? 0 : random.nextInt(3_000);
        int eventsAFlush = 1 + random.nextInt(random.nextBoolean() ? 5 : 1_000);
        int different = 1 + random.nextInt(4_000);
        RememberedIds ids = opened(inMemoryMax);
        Map<String, RememberedId> model = new HashMap<>();
        List<Event> unwritten = new ArrayList<>();
        long time = 1_000;

        for (int offset = 0; offset < 12_000; offset++) {
            // given
            time += random.nextInt(4_000) == 0 ? random.nextInt(8_000) : random.nextInt(3);
            byte[] counter = ("n/c" + random.nextInt(3)).getBytes();
            byte[] id = ("id-" + (random.nextBoolean() ? offset : random.nextInt(different))).getBytes();
            String name = new String(counter) + " " + new String(id);

            // when
            RememberedId found = ids.applied(counter, id, time);

            // then
            RememberedId before = model.get(name);
            RememberedId expected = before != null && time - before.streamTime() <= WINDOW ? before : null;
            assertThat(found).as("seed " + seed + ", offset " + offset).isEqualTo(expected);

            // when
            if (found == null) {
                RememberedId applied =
                        new RememberedId(offset, time, new EventContent(Operation.ADD, random.nextLong()));
                remember(ids, new Event(counter, id, applied));
                unwritten.add(new Event(counter, id, applied));
                model.put(name, applied);
            }
            if (random.nextInt(eventsAFlush) == 0) {
                ids.flush(time);
                unwritten.clear();
            }
            if (random.nextInt(1_500) == 0) {
                // when: the IDs are reopened, and the log is reapplied from the last commit
                inMemoryMax = random.nextBoolean() ? inMemoryMax : random.nextInt(3_000);
                ids = opened(inMemoryMax);
                for (Event event : unwritten) {
                    remember(ids, event);
                }
            }
        }

        // when: all IDs have expired, and flushes remove them
        time += WINDOW + 1;
        for (int flush = 0; flush < 200; flush++) {
            ids.flush(time);
            ids.flush(time + WINDOW + 1);
        }

        // then
        assertThat(store.prefixes()).as("seed " + seed).isEmpty();
    }

    @Test
    void shouldReadNothingForIdsThatAreNew() {
        // given
        RememberedIds ids = opened(20_000);

        // when
        for (int i = 0; i < 20_000; i++) {
            byte[] id = ("id-" + i).getBytes();
            assertThat(ids.find(COUNTER, id)).isNull();
            ids.remember(COUNTER, id, ADD_1, i, 1_000);
            if (i % 1_000 == 0) {
                ids.flush(1_000);
            }
        }

        // then: only the oldest group, to find out when it expires, and possibly a group of another ID
        assertThat(store.reads).isLessThan(5);
        assertThat(store.prefixes()).containsOnly((byte) 'e');
    }

    @Test
    void shouldKeepNoMoreInMemoryThanTheBoundAndThoseOfOneFlush() {
        // given
        RememberedIds ids = opened(1_000);

        // when
        for (int i = 0; i < 20_000; i++) {
            ids.remember(COUNTER, ("id-" + i).getBytes(), ADD_1, i, 1_000);
            if (i % 100 == 99) {
                ids.flush(1_000);
                assertThat(ids.inMemory()).isLessThanOrEqualTo(1_100);
            }
        }

        // then
        assertThat(store.prefixes()).contains((byte) 'i', (byte) 's');
        for (RememberedIds each : List.of(ids, opened(1_000))) {
            assertThat(each.inMemory()).isGreaterThan(900);
            for (int i = 0; i < 20_000; i++) {
                assertThat(each.find(COUNTER, ("id-" + i).getBytes()).offset()).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldKeepAnIdThatWasAppliedAgainWhenItsOlderEntryExpires() {
        // given: the older and the newer application each have their own entry
        RememberedIds ids = opened(0);
        ids.remember(COUNTER, ID, ADD_1, 0, 1_000);
        ids.flush(1_000);
        ids.flush(1_000);
        ids.remember(COUNTER, ID, ADD_1, 1, 1_001 + WINDOW);

        // when
        ids.flush(1_000 + WINDOW);
        ids.flush(1_002 + WINDOW);
        ids.flush(1_002 + WINDOW);

        // then
        assertThat(ids.find(COUNTER, ID).offset()).isEqualTo(1);
        assertThat(opened(0).find(COUNTER, ID).offset()).isEqualTo(1);
    }

    private static final byte[] COUNTER = "n/c".getBytes();
    private static final byte[] ID = {'a'};
    private static final EventContent ADD_1 = new EventContent(Operation.ADD, 1);

    private RememberedIds opened(int inMemoryMax) {
        RememberedIds ids = new RememberedIds(store, new FlushBatch(store), WINDOW, inMemoryMax);
        ids.open();
        return ids;
    }

    private static void remember(RememberedIds ids, Event event) {
        RememberedId applied = event.applied();
        ids.remember(event.counter(), event.id(), applied.content(), applied.offset(), applied.streamTime());
    }

    private static final class CountedReads extends InMemoryKeyValueStore {
        private int reads;

        CountedReads() {
            super("ids");
        }

        @Override
        public synchronized byte[] get(Bytes key) {
            reads++;
            return super.get(key);
        }

        Set<Byte> prefixes() {
            Set<Byte> prefixes = new HashSet<>();
            try (KeyValueIterator<Bytes, byte[]> all = all()) {
                all.forEachRemaining(entry -> prefixes.add(entry.key.get()[0]));
            }
            return prefixes;
        }
    }
}
