package dev.tally.streams.state.entry;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The writes of a flush to the underlying store, in order, in batches of up to {@value #ENTRIES_MAX} entries. {@code putAll}
 * acquires the lock of the store and passes its layers once per batch. It deletes an entry without a value, also in the
 * changelog, without the read that {@code delete} performs first.
 *
 * <p>Entries that were put or removed are in the store only after {@link #flush}. A caller that reads entries which the current
 * flush may have changed must call {@link #flush} first.
 *
 * <p>For the stream thread.
 */
public final class FlushBatch {
    /** A write holds the lock of the store. This bounds the number of entries for which a disk read waits. */
    static final int ENTRIES_MAX = 500;

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(ENTRIES_MAX);

    public FlushBatch(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    public void put(Bytes key, byte[] value) {
        add(new KeyValue<>(key, value));
    }

    public void remove(Bytes key) {
        add(new KeyValue<>(key, null));
    }

    private void add(KeyValue<Bytes, byte[]> entry) {
        entries.add(entry);
        if (entries.size() == ENTRIES_MAX) {
            flush();
        }
    }

    /** Writes the remaining entries. */
    public void flush() {
        if (!entries.isEmpty()) {
            store.putAll(entries);
            entries.clear();
        }
    }

    /** Drops the entries that are not written yet. */
    public void clear() {
        entries.clear();
    }
}
