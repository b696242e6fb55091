package dev.tally.streams.state;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When a stream thread is to ask Kafka Streams for a commit. A commit costs the same for a few records as for many, so while
 * many come and no reader waits for a commit it is left to the commit interval of Streams; otherwise one is asked for as soon as
 * something is uncommitted, at most ten times a second.
 *
 * <p>{@link #await} is for any thread, the rest for the stream thread.
 */
final class CommitPace {
    /** What a crash may make the thread apply again is about this, or what it applies in {@link #INTERVAL_NANOS}. */
    static final int RECORDS_MAX = 100_000;

    static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier nanoTime;
    /** When the last commit began, or was asked for in vain: in a rebalance Streams commits nothing. */
    private long lastNanos;

    private volatile boolean awaited;

    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong() - INTERVAL_NANOS;
    }

    /** A reader waits for a commit. Returns whether it is the first since the last one. */
    boolean await() {
        boolean first = !awaited;
        awaited = true;
        return first;
    }

    /** A commit begins: of all that is applied. */
    void begins() {
        awaited = false;
        lastNanos = nanoTime.getAsLong();
    }

    /** A commit was asked for. */
    void asked() {
        lastNanos = nanoTime.getAsLong();
    }

    /**
     * How long until a commit is to be asked for.
     *
     * @param uncommitted how many records are applied and not committed
     * @param spaced whether so many come that commits are to be few
     * @return nanoseconds, 0 for now; {@link Long#MAX_VALUE} if none is to be asked for
     */
    long due(int uncommitted, boolean spaced) {
        if (uncommitted == 0 || (spaced && !awaited && uncommitted < RECORDS_MAX)) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, INTERVAL_NANOS - (nanoTime.getAsLong() - lastNanos));
    }
}
