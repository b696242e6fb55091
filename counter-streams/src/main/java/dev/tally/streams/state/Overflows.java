package dev.tally.streams.state;

import java.util.ArrayDeque;

/**
 * The offsets of the latest events that were rejected as overflows, for writers that wait to learn what became of theirs.
 * In memory only and bounded: what is older than {@link #knownAfter} is not known any more. Safe for use by any thread.
 */
final class Overflows {
    static final int OFFSETS_MAX = 1_000;

    private final ArrayDeque<Long> offsets = new ArrayDeque<>();
    private long knownAfter;

    /** Starts anew: nothing is known of events up to {@code offset}. */
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

    /** Of later events it is known whether they overflowed. */
    synchronized long knownAfter() {
        return knownAfter;
    }
}
