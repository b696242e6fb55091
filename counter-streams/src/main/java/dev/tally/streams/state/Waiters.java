package dev.tally.streams.state;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Those who wait until a partition is applied up to an offset: none of them takes a thread or asks again and again. Counting
 * looks at one number for each record; who waits is woken on the stream thread and is to hand over at once.
 *
 * <p>How many may wait is the caller's to bound. Safe for use by any thread; {@link #applied} is for the stream thread.
 */
final class Waiters {
    private final PriorityQueue<Waiter> waiting =
            new PriorityQueue<>(Comparator.comparingLong(waiter -> waiter.offset));
    /** The lowest offset anybody waits for. */
    private volatile long lowest = Long.MAX_VALUE;

    /** Somebody who waits. */
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
        public void giveUp() {
            waiters.remove(this);
        }

        /** Unless it was woken already. */
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
     * After each record, with the applied offset set: wakes those who are seen to wait for it. One who registers at this moment may not be
     * seen, as the applied offset may not be seen by him: the processor may read here before its write of the applied offset is visible. He is seen
     * at the next record, or by {@link #applied} after the last one of the run. A fence for each record costs more than the look.
     */
    void wakeUpTo(long offset) {
        if (offset >= lowest) {
            wake(offset);
        }
    }

    /** After the last record for now, with the applied offset set: wakes those who waited for it, and misses nobody. */
    void applied(long offset) {
        VarHandle.fullFence(); // the applied offset is seen by whoever is not seen here, see WriteBehindStore.await
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

    /** The lowest offset that is waited for; {@link Long#MAX_VALUE} if none is. */
    long lowest() {
        return lowest;
    }

    synchronized int size() {
        return waiting.size();
    }
}
