package dev.tally.streams.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The pace of a stream thread's polls. A poll, the fetch on the broker and the loop over the tasks cost nearly the same for a few
 * records as for hundreds. While the record rate is high, the thread pauses before a poll so that more records accumulate. While
 * the rate is low, or records arrive faster than they are processed, the thread polls immediately. Confined to the stream thread.
 */
final class PollPace {
    /** From this number of records per second on the rate is high. */
    static final int FAST_RECORDS_A_SECOND = 1_000;
    /** The window in which the rate is measured; longer if a poll takes longer. */
    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** From the end of one poll to the start of the next. */
    static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A poll with this number of records is efficient enough; no pause follows it. */
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

    /** Called when a poll has ended. */
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

    /** Whether the record rate is high. */
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
