package dev.tally.streams.state.store;

import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.KeyBytes;
import dev.tally.streams.state.page.TopIndex;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The write-behind cache of a partition's counters. In memory are the recently used counters and the pending ones, which have
 * changed since the state was last written; all written counters are in the store.
 *
 * <p>Threads: all methods are for the stream thread, except {@link #inMemory} and {@link #read}. An entry is evicted only when
 * the store holds it. A reader that does not find an entry in memory therefore finds it in the store, in the same version or a
 * newer one.
 */
final class CounterCache implements TopIndex.Counters<CounterEntry> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final ConcurrentHashMap<KeyBytes, CounterEntry> entries = new ConcurrentHashMap<>();
    private final List<CounterEntry> pending = new ArrayList<>();
    private final int entriesMax;

    /** @param entriesMax the maximum number of entries after the state has been written */
    CounterCache(KeyValueStore<Bytes, byte[]> store, int entriesMax) {
        this.store = store;
        this.entriesMax = entriesMax;
    }

    /** The counter, from memory or from the store; null if it is in neither. */
    @Nullable
    CounterEntry find(byte[] key) {
        CounterEntry entry = entries.get(new KeyBytes(key));
        if (entry == null) {
            Bytes stateKey = StateFormat.totalKey(key);
            byte[] stored = store.get(stateKey);
            if (stored == null) {
                return null;
            }
            entry = CounterEntry.read(key, stateKey, stored);
            keep(entry);
        }
        entry.touched = true;
        return entry;
    }

    @Override
    public CounterEntry get(byte[] key) {
        CounterEntry counter = find(key);
        if (counter == null) {
            throw new IllegalStateException("The index names a counter that the state does not hold");
        }
        return counter;
    }

    @Override
    public @Nullable CounterEntry inMemory(byte[] key) {
        return entries.get(new KeyBytes(key));
    }

    /** The counter as of now, from memory or from the store; null if it is in neither. Any thread. */
    @Nullable
    CounterSnapshot read(byte[] key) {
        CounterEntry entry = inMemory(key);
        if (entry != null) {
            return entry.snapshot();
        }
        byte[] stored = store.get(StateFormat.totalKey(key));
        return stored == null ? null : StateFormat.total(stored);
    }

    /** Called when the total of a counter has changed, or it was created or deleted. */
    void totalChanged(CounterEntry counter) {
        counter.totalChanged = true;
        rewrite(counter);
    }

    /** Makes the counter pending, so that the next flush writes it. */
    @Override
    public void rewrite(CounterEntry counter) {
        if (!counter.pending) {
            counter.pending = true;
            pending.add(counter);
            keep(counter);
        }
    }

    private void keep(CounterEntry counter) {
        if (!counter.kept) {
            counter.kept = true;
            entries.put(new KeyBytes(counter.key()), counter);
        }
    }

    /** The pending counters. The list grows when a counter becomes pending. */
    List<CounterEntry> pending() {
        return pending;
    }

    /** Called when the pending counters are in the store. */
    void written() {
        for (CounterEntry counter : pending) {
            counter.pending = false;
            counter.totalChanged = false;
        }
        pending.clear();
    }

    /**
     * Evicts entries if there are too many. No entry may be pending. Second-chance algorithm: an entry is evicted if it was not
     * looked up since the previous pass.
     */
    void evict() {
        if (entries.size() <= entriesMax) {
            return;
        }
        int surplus = entries.size() - entriesMax * 3 / 4;
        for (int round = 0; round < 2 && surplus > 0; round++) {
            Iterator<CounterEntry> each = entries.values().iterator();
            while (surplus > 0 && each.hasNext()) {
                CounterEntry entry = each.next();
                if (entry.touched) {
                    entry.touched = false;
                } else {
                    each.remove();
                    entry.kept = false;
                    surplus--;
                }
            }
        }
    }

    /** Drops what is in memory. */
    void clear() {
        entries.clear();
        pending.clear();
    }
}
