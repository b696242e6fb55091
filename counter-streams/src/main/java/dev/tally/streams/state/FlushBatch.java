package dev.tally.streams.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All that a flush writes to the store below, in its order, some hundreds of entries at a time. {@code putAll} takes the store's
 * lock and goes through its layers once for all of them, and deletes an entry without a value, in the changelog too, without the
 * read that {@code delete} makes before.
 *
 * <p>What was put or removed is in the store after {@link #flush} only: whoever reads the store for what this flush may have
 * changed calls that before.
 *
 * <p>For the stream thread.
 */
final class FlushBatch {
    /** A write holds the lock of the store; readers of cold counters wait for no more than so many entries. */
    static final int ENTRIES_MAX = 500;

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(ENTRIES_MAX);

    FlushBatch(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void put(Bytes key, byte[] value) {
        add(new KeyValue<>(key, value));
    }

    void remove(Bytes key) {
        add(new KeyValue<>(key, null));
    }

    private void add(KeyValue<Bytes, byte[]> entry) {
        entries.add(entry);
        if (entries.size() == ENTRIES_MAX) {
            flush();
        }
    }

    /** Writes what is left. */
    void flush() {
        if (!entries.isEmpty()) {
            store.putAll(entries);
            entries.clear();
        }
    }

    /** Forgets what is not written yet. */
    void clear() {
        entries.clear();
    }
}
