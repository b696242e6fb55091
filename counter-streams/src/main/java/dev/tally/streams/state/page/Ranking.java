package dev.tally.streams.state.page;

import dev.tally.schemas.read.CounterPage;
import dev.tally.streams.state.entry.KeyBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members of one namespace, sorted by total and kept in memory while the largest counters are queried. They are as of the
 * state that was last written out. Not thread-safe.
 */
final class Ranking {
    private final TreeMap<Rank, Long> times = new TreeMap<>();
    private final Map<KeyBytes, Rank> ranks = new HashMap<>();

    /** Adds a member, or updates its total. */
    void put(byte[] key, long total, long lastTime) {
        Rank rank = new Rank(total, key);
        Rank before = ranks.put(new KeyBytes(key), rank);
        if (before != null) {
            times.remove(before);
        }
        times.put(rank, lastTime);
    }

    void remove(byte[] key) {
        Rank before = ranks.remove(new KeyBytes(key));
        if (before != null) {
            times.remove(before);
        }
    }

    CounterPage largest(byte[] namespace, int limit) {
        List<CounterPage.Entry> entries = new ArrayList<>(Math.min(limit, times.size()));
        for (Map.Entry<Rank, Long> each : times.entrySet()) {
            if (entries.size() == limit) {
                break;
            }
            Rank rank = each.getKey();
            entries.add(PageReader.entry(PageReader.name(rank.key(), namespace), rank.total(), each.getValue()));
        }
        return new CounterPage(entries, null);
    }
}
