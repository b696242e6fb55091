package dev.tally.streams.topology;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events a running generation writes to the public feeds, {@code tally.totals} and {@code tally.events.rejected}: all, none,
 * or those after an offset of each partition. Its state, changelog and metrics do not depend on that.
 *
 * <p>A total is written when a commit flushes its change, and is not written again later. Between all and none, the feeds are
 * therefore changed only while processing is stopped at a limit and everything processed is committed: the generation then writes
 * exactly the changes of the events after that limit, or up to it. Thread-safe.
 */
public final class Feeds {
    private static final Map<Integer, Long> NOTHING = Map.of();

    /** By partition, the offset after which events are written; null for all. A partition without an entry writes nothing. */
    private volatile @Nullable Map<Integer, Long> after;

    /** @param on whether the generation writes the feeds from its start on */
    public Feeds(boolean on) {
        set(on);
    }

    /** Whether what an event has changed is written. */
    public boolean include(int partition, long offset) {
        Map<Integer, Long> offsets = after;
        if (offsets == null) {
            return true;
        }
        Long last = offsets.get(partition);
        return last != null && offset > last;
    }

    /** All events or none. Applies to the events that are processed from now on. */
    public void set(boolean nowOn) {
        after = nowOn ? null : NOTHING;
    }

    /** The events after the given offset of each partition. Applies to the events that are processed from now on. */
    public void setAfter(Map<Integer, Long> offsets) {
        after = Map.copyOf(offsets);
    }
}
