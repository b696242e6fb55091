package dev.tally.streams.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The groups of ids that the store has under one prefix. Their numbers have no gap: groups are added behind the last and removed
 * from the first on.
 *
 * <p>Threads: all by the stream thread, except {@link #isEmpty} and {@link #read}.
 */
final class StoredIdGroups {
    private final KeyValueStore<Bytes, byte[]> store;
    private final byte prefix;

    private volatile long first;
    /** The number of the group to come. */
    private volatile long next;

    /** The first group, once it was read. */
    private @Nullable IdGroup oldest;

    StoredIdGroups(KeyValueStore<Bytes, byte[]> store, byte prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** Finds out which groups there are. */
    void open() {
        try (KeyValueIterator<Bytes, byte[]> upwards = all();
                KeyValueIterator<Bytes, byte[]> downwards = store.reverseRange(key(0), key(Long.MAX_VALUE))) {
            if (upwards.hasNext()) {
                first = IdGroup.number(upwards.next().key);
                next = IdGroup.number(downwards.next().key) + 1;
            }
        }
    }

    /** Those in the store, in their order; to be closed. */
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

    /** Null if it was removed. */
    @Nullable
    IdGroup read(long number) {
        byte[] stored = store.get(key(number));
        return stored == null ? null : IdGroup.read(number, stored);
    }

    /** Null if there is none. What was added is in the store once the batch is written. */
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

    /** Forgets what is in memory. */
    void clear() {
        first = 0;
        next = 0;
        oldest = null;
    }

    private Bytes key(long number) {
        return IdGroup.key(prefix, number);
    }
}
