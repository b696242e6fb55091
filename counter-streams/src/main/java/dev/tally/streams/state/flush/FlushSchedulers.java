package dev.tally.streams.state.flush;

import java.util.function.LongSupplier;

/** The flush scheduler of each stream thread of Kafka Streams. Thread-safe. */
public final class FlushSchedulers {
    private final ThreadLocal<FlushScheduler> byThread;

    /**
     * @param nanoTime the clock of the pace of requested flushes and commits
     * @param commitIntervalApplies whether the commit interval of Streams applies at any rate of records, unless readers wait
     */
    public FlushSchedulers(LongSupplier nanoTime, boolean commitIntervalApplies) {
        this.byThread = ThreadLocal.withInitial(() -> new FlushScheduler(nanoTime, commitIntervalApplies));
    }

    /** The scheduler of the stores whose stream thread is the calling thread. */
    public FlushScheduler ofThisThread() {
        return byThread.get();
    }
}
