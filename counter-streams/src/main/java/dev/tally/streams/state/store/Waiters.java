package dev.tally.streams.state.store;

import dev.tally.streams.state.serving.CounterView;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The waiters for offsets of a partition to be applied. A waiter neither blocks a thread nor polls. The stream thread compares
 * one number for each record. It runs the callback of a waiter, which must hand the work to another thread without blocking.
 *
 * <p>The caller bounds the number of waiters. Thread-safe; {@link #applied} is for the stream thread.
 */
final class Waiters {
    private final PriorityQueue<Waiter> waiting =
            new PriorityQueue<>(Comparator.comparingLong(waiter -> waiter.offset));
    /** The lowest offset of all waiters. */
    private volatile long lowest = Long.MAX_VALUE;

    /** One waiter. */
    static final class Waiter implements CounterView.Waiting {
        private final Waiters waiters;
        private final long offset;
        private final Runnable wake;

        private Waiter(Waiters waiters, long offset, Runnable wake) {
            this.waiters = waiters;
            this.offset = offset;
            this.wake = wake;
        }

        @Override
        public void cancel() {
            waiters.remove(this);
        }

        /** Wakes the waiter, unless it was already woken. */
        void wakeNow() {
            if (waiters.remove(this)) {
                wake.run();
            }
        }
    }

    /** @param wake run once, when the offset is applied or the partition is withdrawn, whichever comes first */
    Waiter add(long offset, Runnable wake) {
        Waiter waiter = new Waiter(this, offset, wake);
        synchronized (this) {
            waiting.add(waiter);
            lowest = Math.min(lowest, offset);
        }
        return waiter;
    }

    /**
     * Wakes the visible waiters for this offset. Called after each record, when the applied offset is set.
     *
     * <p>A waiter that registers concurrently may not be visible here, and may not see the applied offset either: the CPU may
     * execute this read before its write of the applied offset is visible. Such a waiter is visible at the next record, or to
     * {@link #applied} after the last record of the run. A fence for each record would cost more than this read.
     */
    void wakeUpTo(long offset) {
        if (offset >= lowest) {
            wake(offset);
        }
    }

    /** Wakes all waiters for this offset and misses none. Called after the last record of a run, with the applied offset set. */
    void applied(long offset) {
        VarHandle.fullFence(); // a waiter that is not visible here sees the applied offset, see WriteBehindStore.await
        wakeUpTo(offset);
    }

    void wakeAll() {
        wake(Long.MAX_VALUE);
    }

    private void wake(long offset) {
        List<Waiter> woken = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && waiting.peek().offset <= offset) {
                woken.add(waiting.remove());
            }
            lookForLowest();
        }
        woken.forEach(waiter -> waiter.wake.run());
    }

    private synchronized boolean remove(Waiter waiter) {
        boolean waited = waiting.remove(waiter);
        lookForLowest();
        return waited;
    }

    private void lookForLowest() {
        Waiter first = waiting.peek();
        lowest = first == null ? Long.MAX_VALUE : first.offset;
    }

    /** The lowest offset of all waiters; {@link Long#MAX_VALUE} if there are none. */
    long lowest() {
        return lowest;
    }

    synchronized int size() {
        return waiting.size();
    }
}
