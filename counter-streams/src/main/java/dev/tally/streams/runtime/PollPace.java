package dev.tally.streams.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far apart a stream thread polls. A poll, the broker's fetch and the round through the tasks cost nearly the same for a few
 * records as for hundreds; so while records come fast they are left to gather for a moment, and while few come, or more than can
 * be dealt with, the thread polls at once. Confined to the stream thread.
 */
final class PollPace {
    /** From this many a second on they come fast. */
    static final int FAST_RECORDS_A_SECOND = 1_000;
    /** How long the rate is measured for, or longer if a poll takes longer. */
    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** From the end of one poll to the begin of the next. */
    static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A poll with so many records needs no more of them to be worth its cost. */
    static final int RECORDS_ENOUGH = 500;

    private final LongSupplier nanoTime;
    private long windowBeganNanos;
    private long recordsInWindow;
    private boolean fast;
    private long polledAtNanos;
    private int recordsPolled;

    PollPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowBeganNanos = nanoTime.getAsLong();
        this.polledAtNanos = windowBeganNanos;
    }

    /** A poll has ended. */
    void polled(int records) {
        long now = nanoTime.getAsLong();
        polledAtNanos = now;
        recordsPolled = records;
        recordsInWindow += records;
        long elapsed = now - windowBeganNanos;
        if (elapsed >= WINDOW_NANOS) {
            fast = recordsInWindow * TimeUnit.SECONDS.toNanos(1) / elapsed >= FAST_RECORDS_A_SECOND;
            windowBeganNanos = now;
            recordsInWindow = 0;
        }
    }

    /** Whether records come fast. */
    boolean isFast() {
        return fast;
    }

    /** How long to wait before the next poll, in nanoseconds; never more than {@link #GAP_NANOS}. */
    long pause() {
        if (!fast || recordsPolled >= RECORDS_ENOUGH) {
            return 0;
        }
        return Math.max(0, GAP_NANOS - (nanoTime.getAsLong() - polledAtNanos));
    }
}
