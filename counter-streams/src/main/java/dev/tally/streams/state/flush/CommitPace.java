package dev.tally.streams.state.flush;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Determines when a stream thread requests a commit from Kafka Streams. The cost of a commit hardly depends on the number of
 * records. While the record rate is high and no reader waits for a commit, the commit interval of Streams applies. Otherwise a
 * commit is requested as soon as there are uncommitted records, at most ten times a second.
 *
 * <p>{@link #readerWaits} is for any thread, all other methods are for the stream thread.
 */
final class CommitPace {
    /** After a crash the thread reapplies at most about this number of records, or those of one {@link #INTERVAL_NANOS}. */
    static final int RECORDS_MAX = 100_000;

    static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier nanoTime;
    /** When the last commit began or was requested. In a rebalance Streams ignores a request. */
    private long lastNanos;

    private volatile boolean awaited;

    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong() - INTERVAL_NANOS;
    }

    /** Called when a reader waits for a commit. Returns whether it is the first such reader since the last commit. */
    boolean readerWaits() {
        boolean first = !awaited;
        awaited = true;
        return first;
    }

    /** Called when a commit of all applied records begins. */
    void begins() {
        awaited = false;
        lastNanos = nanoTime.getAsLong();
    }

    /** Called when a commit was requested. */
    void requested() {
        lastNanos = nanoTime.getAsLong();
    }

    /**
     * The time until a commit must be requested.
     *
     * @param uncommitted the number of records that are applied but not committed
     * @param spaced whether commits should be infrequent: the commit interval of Streams applies
     * @return nanoseconds, 0 for immediately; {@link Long#MAX_VALUE} if no commit is needed
     */
    long due(int uncommitted, boolean spaced) {
        if (uncommitted == 0 || (spaced && !awaited && uncommitted < RECORDS_MAX)) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, INTERVAL_NANOS - (nanoTime.getAsLong() - lastNanos));
    }
}
