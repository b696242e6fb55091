package dev.tally.streams.state.store;

import java.util.ArrayDeque;

/**
 * The offsets of the latest events that were rejected as overflows, for writers that wait for the outcome of their events. In
 * memory only and bounded: overflows up to {@link #knownAfter} are not known. Thread-safe.
 */
final class Overflows {
    static final int OFFSETS_MAX = 1_000;

    private final ArrayDeque<Long> offsets = new ArrayDeque<>();
    private long knownAfter;

    /** Resets: nothing is known about events up to {@code offset}. */
    synchronized void startAfter(long offset) {
        offsets.clear();
        knownAfter = offset;
    }

    synchronized void add(long offset) {
        offsets.addLast(offset);
        if (offsets.size() > OFFSETS_MAX) {
            knownAfter = offsets.removeFirst();
        }
    }

    synchronized boolean contains(long offset) {
        return offsets.contains(offset);
    }

    /** For events after this offset it is known whether they overflowed. */
    synchronized long knownAfter() {
        return knownAfter;
    }
}
