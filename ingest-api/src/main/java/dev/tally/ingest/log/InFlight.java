package dev.tally.ingest.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on the events and bytes that are accepted and not yet answered. An append takes its whole share at once or
 * nothing, so a large batch cannot hold half of its share while it waits for the rest. Lock-free.
 */
final class InFlight {
    private static final int BYTES_BITS = 40;
    private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;

    private final int eventsMax;
    private final long bytesMax;
    /** Events in the upper bits, bytes in the lower 40: one atomic step takes both. */
    private final AtomicLong taken = new AtomicLong();

    InFlight(int eventsMax, long bytesMax) {
        if (eventsMax < 1
                || eventsMax >= 1 << (Long.SIZE - BYTES_BITS - 1)
                || bytesMax < 1
                || bytesMax > BYTES_MASK / 2) {
            throw new IllegalArgumentException("bound out of range: " + eventsMax + " events, " + bytesMax + " bytes");
        }
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    /** Returns whether the share was taken. */
    boolean tryTake(int events, long bytes) {
        if (events > eventsMax || bytes > bytesMax) {
            return false;
        }
        while (true) {
            long before = taken.get();
            if (events(before) + events > eventsMax || bytes(before) + bytes > bytesMax) {
                return false;
            }
            if (taken.compareAndSet(before, before + pack(events, bytes))) {
                return true;
            }
        }
    }

    void giveBack(int events, long bytes) {
        taken.addAndGet(-pack(events, bytes));
    }

    int events() {
        return events(taken.get());
    }

    long bytes() {
        return bytes(taken.get());
    }

    private static long pack(int events, long bytes) {
        return ((long) events << BYTES_BITS) | bytes;
    }

    private static int events(long packed) {
        return (int) (packed >>> BYTES_BITS);
    }

    private static long bytes(long packed) {
        return packed & BYTES_MASK;
    }
}
