package dev.tally.streams.state;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters that a partition keeps in memory: those that were asked for lately, and all that have changed since the state was
 * written. Changed by the stream thread; looked up by any.
 */
final class RecentCounters {
    private final ConcurrentHashMap<KeyBytes, CounterEntry> entries = new ConcurrentHashMap<>();
    private final int entriesMax;

    /** @param entriesMax how many stay when the state has been written */
    RecentCounters(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    @Nullable
    CounterEntry find(byte[] key) {
        return entries.get(new KeyBytes(key));
    }

    /** Keeps it, unless it is kept already. */
    void keep(CounterEntry counter) {
        if (!counter.kept) {
            counter.kept = true;
            entries.put(new KeyBytes(counter.key()), counter);
        }
    }

    /**
     * Lets some go if there are too many. None of them may have changed since the state was written. Second chance: one goes when
     * it was not asked for since the last time round.
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
