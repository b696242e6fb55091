package dev.tally.streams.state.ids;

import dev.tally.streams.state.entry.FlushBatch;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The groups of IDs in the store under one prefix. Their numbers are consecutive: groups are added at the end and removed from
 * the start.
 *
 * <p>Threads: all methods are for the stream thread, except {@link #isEmpty} and {@link #read}.
 */
final class StoredIdGroups {
    private final KeyValueStore<Bytes, byte[]> store;
    private final byte prefix;

    private volatile long first;
    /** The number of the next group. */
    private volatile long next;

    /** The first group; null until it is read. */
    private @Nullable IdGroup oldest;

    StoredIdGroups(KeyValueStore<Bytes, byte[]> store, byte prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** Determines the existing groups from the store. */
    void open() {
        try (KeyValueIterator<Bytes, byte[]> upwards = all();
                KeyValueIterator<Bytes, byte[]> downwards = store.reverseRange(key(0), key(Long.MAX_VALUE))) {
            if (upwards.hasNext()) {
                first = IdGroup.number(upwards.next().key);
                next = IdGroup.number(downwards.next().key) + 1;
            }
        }
    }

    /** All groups in the store, in order. The caller must close the iterator. */
    KeyValueIterator<Bytes, byte[]> all() {
        return store.range(key(0), key(Long.MAX_VALUE));
    }

    boolean isEmpty() {
        return first == next;
    }

    long first() {
        return first;
    }

    long next() {
        return next;
    }

    /** Returns null if the group was removed. */
    @Nullable
    IdGroup read(long number) {
        byte[] stored = store.get(key(number));
        return stored == null ? null : IdGroup.read(number, stored);
    }

    /** Returns null if there is no group. Added groups are in the store when the batch is written. */
    @Nullable
    IdGroup oldest() {
        if (oldest == null && !isEmpty()) {
            oldest = read(first);
            if (oldest == null) {
                throw new IllegalStateException(
                        "The state lacks the group " + (char) prefix + " " + first + " of its ids");
            }
        }
        return oldest;
    }

    void removeOldest(FlushBatch batch) {
        long number = first;
        batch.remove(key(number));
        first = number + 1;
        oldest = null;
    }

    void add(IdGroup group, FlushBatch batch) {
        long number = next;
        batch.put(key(number), group.value());
        next = number + 1;
    }

    /** Drops what is in memory. */
    void clear() {
        first = 0;
        next = 0;
        oldest = null;
    }

    private Bytes key(long number) {
        return IdGroup.key(prefix, number);
    }
}
