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

/** Creates pages of the counters of a namespace from the entries of the store. */
final class PageReader {
    private PageReader() {}

    /** @param entriesMax the maximum number of entries to read, including those of deleted counters */
    static CounterPage byName(KeyValueIterator<Bytes, byte[]> entries, byte[] namespace, int limit, int entriesMax) {
        List<CounterPage.Entry> counters = new ArrayList<>();
        String last = null;
        for (int seen = 0; seen < entriesMax && counters.size() < limit && entries.hasNext(); seen++) {
            KeyValue<Bytes, byte[]> stored = entries.next();
            byte[] key = StateFormat.unprefixed(stored.key);
            CounterSnapshot counter = StateFormat.total(stored.value);
            last = name(key, namespace);
            if (counter.exists()) {
                counters.add(entry(last, counter.total(), counter.lastTime()));
            }
        }
        return new CounterPage(counters, entries.hasNext() ? last : null);
    }

    /** The largest of all counters, without an index. */
    static CounterPage largest(KeyValueIterator<Bytes, byte[]> entries, byte[] namespace, int limit) {
        PriorityQueue<Ranked> smallestFirst = new PriorityQueue<>(Collections.reverseOrder());
        while (entries.hasNext()) {
            KeyValue<Bytes, byte[]> stored = entries.next();
            CounterSnapshot counter = StateFormat.total(stored.value);
            if (counter.exists()) {
                Rank rank = new Rank(counter.total(), StateFormat.unprefixed(stored.key));
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

    static CounterPage.Entry entry(String name, long total, long lastTime) {
        return new CounterPage.Entry(name, total, Instant.ofEpochMilli(lastTime));
    }

    /** The part of the key after the namespace. */
    static String name(byte[] key, byte[] namespace) {
        int start = namespace.length + 1;
        return new String(key, start, key.length - start, StandardCharsets.UTF_8);
    }
}
