package dev.tally.streams.state.digest;

import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.history.RetainedBuckets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Iterators over the counters and the buckets of a store, all opened at the same time, as of which they see the store. Not
 * thread-safe.
 */
final class DigestSnapshot implements AutoCloseable {
    private static final Bytes FIRST = Bytes.wrap(new byte[] {StateFormat.TOTAL_PREFIX});
    /** After all counters; no entry has this key. */
    private static final Bytes LAST = Bytes.wrap(new byte[] {StateFormat.TOTAL_PREFIX + 1});

    private final List<KeyValueIterator<Bytes, byte[]>> opened = new ArrayList<>();
    /** The iterators over all buckets, one list per pass. */
    private final Deque<List<KeyValueIterator<Bytes, byte[]>>> passes = new ArrayDeque<>();

    private final KeyValueIterator<Bytes, byte[]> counters;

    /** @param passesMax how often the buckets can be read */
    DigestSnapshot(KeyValueStore<Bytes, byte[]> store, RetainedBuckets retained, int passesMax) {
        boolean whole = false;
        try {
            counters = store.range(FIRST, LAST);
            opened.add(counters);
            for (int i = 0; i < passesMax; i++) {
                List<KeyValueIterator<Bytes, byte[]>> pass = new ArrayList<>();
                retained.open(store, each -> {
                    opened.add(each);
                    pass.add(each);
                });
                passes.add(pass);
            }
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /** The counters, in the order of their keys. */
    KeyValueIterator<Bytes, byte[]> counters() {
        return counters;
    }

    /** The iterators over all buckets, to be read one after the other; null if they were read the maximum number of times. */
    @Nullable
    List<KeyValueIterator<Bytes, byte[]>> nextPass() {
        return passes.poll();
    }

    @Override
    public void close() {
        opened.forEach(KeyValueIterator::close);
        opened.clear();
    }
}
