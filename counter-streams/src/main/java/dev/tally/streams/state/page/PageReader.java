package dev.tally.streams.state.page;

import dev.tally.schemas.read.CounterPage;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.StateKeys;
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

/** Creates pages of the counters of a namespace from the entries of the store. */
public final class PageReader {
    private PageReader() {}

    /**
     * Opens an iterator over the counters of a namespace, in the order of their names. It sees the store as of now.
     *
     * @param start the prefix of the counters
     * @param beyond the key of a counter, including its namespace, after which the range starts; empty for the first counter
     */
    public static KeyValueIterator<Bytes, byte[]> open(
            KeyValueStore<Bytes, byte[]> store, byte[] namespace, byte[] start, byte[] beyond) {
        return NamespaceRange.open(store, StateFormat.TOTAL_PREFIX, namespace, start, beyond);
    }

    /** @param entriesMax the maximum number of entries to read, including those of deleted counters */
    public static CounterPage byName(
            KeyValueIterator<Bytes, byte[]> entries, byte[] namespace, int limit, int entriesMax) {
        List<CounterPage.Entry> counters = new ArrayList<>();
        String last = null;
        for (int seen = 0; seen < entriesMax && counters.size() < limit && entries.hasNext(); seen++) {
            KeyValue<Bytes, byte[]> stored = entries.next();
            byte[] key = StateKeys.unprefixed(stored.key);
            CounterSnapshot counter = StateFormat.total(stored.value);
            last = name(key, namespace);
            if (counter.exists()) {
                counters.add(entry(last, counter.total(), counter.lastTime()));
            }
        }
        return new CounterPage(counters, entries.hasNext() ? last : null);
    }

    /** The largest of all counters, without an index. */
    public static CounterPage largest(KeyValueIterator<Bytes, byte[]> entries, byte[] namespace, int limit) {
        PriorityQueue<Ranked> smallestFirst = new PriorityQueue<>(Collections.reverseOrder());
        while (entries.hasNext()) {
            KeyValue<Bytes, byte[]> stored = entries.next();
            CounterSnapshot counter = StateFormat.total(stored.value);
            if (counter.exists()) {
                Rank rank = new Rank(counter.total(), StateKeys.unprefixed(stored.key));
                smallestFirst.add(new Ranked(rank, counter.lastTime()));
                if (smallestFirst.size() > limit) {
                    smallestFirst.remove();
                }
            }
        }
        return new CounterPage(
                smallestFirst.stream()
                        .sorted()
                        .map(each -> entry(
                                name(each.rank().key(), namespace), each.rank().total(), each.lastTime()))
                        .toList(),
                null);
    }

    private record Ranked(Rank rank, long lastTime) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            return rank.compareTo(other.rank);
        }
    }

    public static CounterPage.Entry entry(String name, long total, long lastTime) {
        return new CounterPage.Entry(name, total, Instant.ofEpochMilli(lastTime));
    }

    /** The part of the key after the namespace. */
    static String name(byte[] key, byte[] namespace) {
        int start = namespace.length + 1;
        return new String(key, start, key.length - start, StandardCharsets.UTF_8);
    }
}
