package dev.tally.streams.state.store;

import dev.tally.streams.state.entry.KeyBytes;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters that a partition keeps in memory: the recently used ones, and all that have changed since the state was written.
 * The stream thread changes them; any thread may look them up.
 */
final class RecentCounters {
    private final ConcurrentHashMap<KeyBytes, CounterEntry> entries = new ConcurrentHashMap<>();
    private final int entriesMax;

    /** @param entriesMax the maximum number of entries after the state has been written */
    RecentCounters(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    @Nullable
    CounterEntry find(byte[] key) {
        return entries.get(new KeyBytes(key));
    }

    /** Adds the counter, unless it is already present. */
    void keep(CounterEntry counter) {
        if (!counter.kept) {
            counter.kept = true;
            entries.put(new KeyBytes(counter.key()), counter);
        }
    }

    /**
     * Evicts entries if there are too many. No entry may have changed since the state was written. Second-chance algorithm: an
     * entry is evicted if it was not looked up since the previous pass.
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

    void clear() {
        entries.clear();
    }
}
