package dev.tally.streams.topology;

import java.util.List;
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
    private static final long[] NOTHING = {};

    /** By partition, the offset after which events are written; null for all. A partition beyond its end writes nothing. */
    private volatile long @Nullable [] after;

    /** @param on whether the generation writes the feeds from its start on */
    public Feeds(boolean on) {
        set(on);
    }

    /** Whether what an event has changed is written. */
    public boolean include(int partition, long offset) {
        long[] offsets = after;
        return offsets == null || (partition < offsets.length && offset > offsets[partition]);
    }

    /** All events or none. Applies to the events that are processed from now on. */
    public void set(boolean nowOn) {
        after = nowOn ? null : NOTHING;
    }

    /** The events after the given offset of each partition. Applies to the events that are processed from now on. */
    public void setAfter(List<Long> offsets) {
        after = offsets.stream().mapToLong(Long::longValue).toArray();
    }
}
