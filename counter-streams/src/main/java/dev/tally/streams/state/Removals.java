package dev.tally.streams.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes entries of the store some hundreds at a time: an entry without a value in {@code putAll} is deleted, in the changelog
 * too, whereas {@code delete} reads each before and takes the store's lock for each.
 *
 * <p>What was removed is gone from the store after {@link #flush} only.
 */
final class Removals {
    private static final int REMOVED_AT_ONCE = 500;

    private final KeyValueStore<Bytes, byte[]> store;
    private final List<KeyValue<Bytes, byte[]>> removed = new ArrayList<>();

    Removals(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void remove(Bytes key) {
        removed.add(new KeyValue<>(key, null));
        if (removed.size() == REMOVED_AT_ONCE) {
            flush();
        }
    }

    void flush() {
        if (!removed.isEmpty()) {
            store.putAll(removed);
            removed.clear();
        }
    }

    /** Forgets what is not removed yet. */
    void clear() {
        removed.clear();
    }
}
