package dev.tally.streams.state;

import dev.tally.schemas.read.CounterPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Makes pages of a namespace's counters out of the entries of the store. */
final class PageReader {
    private PageReader() {}

    /** @param entriesMax how many entries are looked at, those of deleted counters among them */
    static CounterPage byName(KeyValueIterator<Bytes, byte[]> entries, byte[] namespace, int limit, int entriesMax) {
        List<CounterPage.Entry> counters = new ArrayList<>();
        String last = null;
        for (int seen = 0; seen < entriesMax && counters.size() < limit && entries.hasNext(); seen++) {
            KeyValue<Bytes, byte[]> stored = entries.next();
            byte[] key = StateFormat.unprefixed(stored.key);
            CounterSnapshot counter = StateFormat.total(stored.value);
            last = name(key, namespace);
            if (counter.exists()) {
                counters.add(entry(last, counter));
            }
        }
        return new CounterPage(counters, entries.hasNext() ? last : null);
    }

    /** The largest of the index's members; null if the index cannot tell which are the largest now. */
    static @Nullable CounterPage largestOfMembers(KeyValueStore<Bytes, byte[]> store, byte[] namespace, int limit) {
        byte[] top = store.get(NamespaceTop.stateKey(namespace));
        if (top != null && !NamespaceTop.read(namespace, top).isComplete()) {
            return null;
        }
        Largest largest = new Largest(limit);
        try (KeyValueIterator<Bytes, byte[]> members =
                NamespaceRange.open(store, TopIndex.PREFIX, namespace, new byte[0], new byte[0])) {
            while (members.hasNext()) {
                byte[] key = StateFormat.unprefixed(members.next().key);
                byte[] stored = store.get(StateFormat.totalKey(key));
                if (stored != null) { // null only while the state is being written, when what is read here is not used
                    largest.add(key, StateFormat.total(stored));
                }
            }
        }
        return largest.page(namespace);
    }

    static CounterPage largestOfAll(KeyValueIterator<Bytes, byte[]> entries, byte[] namespace, int limit) {
        Largest largest = new Largest(limit);
        while (entries.hasNext()) {
            KeyValue<Bytes, byte[]> stored = entries.next();
            CounterSnapshot counter = StateFormat.total(stored.value);
            if (counter.exists()) {
                largest.add(StateFormat.unprefixed(stored.key), counter);
            }
        }
        return largest.page(namespace);
    }

    private static CounterPage.Entry entry(String name, CounterSnapshot counter) {
        return new CounterPage.Entry(name, counter.total(), Instant.ofEpochMilli(counter.lastTime()));
    }

    private static String name(byte[] key, byte[] namespace) {
        int start = namespace.length + 1;
        return new String(key, start, key.length - start, StandardCharsets.UTF_8);
    }

    /** Keeps the largest so far, the smallest of them at hand. */
    private static final class Largest {
        private final int limit;
        private final PriorityQueue<Ranked> smallestFirst = new PriorityQueue<>(Collections.reverseOrder());

        private record Ranked(Rank rank, CounterSnapshot counter) implements Comparable<Ranked> {
            @Override
            public int compareTo(Ranked other) {
                return rank.compareTo(other.rank);
            }
        }

        private Largest(int limit) {
            this.limit = limit;
        }

        void add(byte[] key, CounterSnapshot counter) {
            smallestFirst.add(new Ranked(new Rank(counter.total(), key), counter));
            if (smallestFirst.size() > limit) {
                smallestFirst.remove();
            }
        }

        CounterPage page(byte[] namespace) {
            List<CounterPage.Entry> entries = smallestFirst.stream()
                    .sorted()
                    .map(ranked -> entry(name(ranked.rank().key(), namespace), ranked.counter()))
                    .toList();
            return new CounterPage(entries, null);
        }
    }
}
