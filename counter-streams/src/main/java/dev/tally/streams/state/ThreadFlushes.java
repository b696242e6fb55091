package dev.tally.streams.state;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The flushes that readers request of the stores of one stream thread. A reader that finds the written state behind the applied
 * offset registers in {@link WrittenState}, which is the request: the stream thread then writes the state out before it polls
 * next, within its open transaction and without a commit. One flush answers all readers that wait for it.
 *
 * <p>Requested flushes take at most about a tenth of the thread's time: after one the next is made only when nine times its
 * duration has passed. A commit writes the state out too and is not delayed.
 *
 * <p>It also asks for the thread's commits, see {@link CommitPace}, and tells the thread that pauses of readers that wait.
 *
 * <p>{@link #flushRequested} and {@link #requestCommit} are for the stream thread; the rest is safe for use by any thread.
 */
public final class ThreadFlushes {
    private static final int PAUSE_FACTOR = 9;
    /** The wake-up of a thread that waits for records can be late; while all is written out no reader needs it. */
    private static final long UNWRITTEN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier nanoTime;
    private final List<Store> stores = new CopyOnWriteArrayList<>();
    /** Set when the thread has been told; it looks before it waits for records again. */
    private final AtomicBoolean requested = new AtomicBoolean();

    private final CommitPace commits;
    private volatile Runnable wake = () -> {};
    private volatile Runnable whenAwaited = () -> {};
    private long endedAtNanos;
    private long pauseNanos;

    /** A store as the thread writes it out. */
    interface Store {
        /** Whether a reader waits for what is applied and not written out. */
        boolean isFlushAwaited();

        /** Whether something is applied and not written out. */
        boolean isUnwritten();

        void writeOut();

        /** Whether a reader waits for a record to be applied or written out. */
        boolean isAwaited();

        /** How many records are applied and not committed; 1 if a commit is due for another reason. */
        int uncommitted();

        /** Asks Streams for a commit. */
        void requestCommit();
    }

    ThreadFlushes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.commits = new CommitPace(nanoTime);
    }

    /** @param newWake ends the thread's wait for records; run by any thread, must not block */
    public void onRequest(Runnable newWake) {
        wake = newWake;
    }

    /** @param newWhenAwaited told of each reader that begins to wait; run by any thread, must not block */
    public void onAwaited(Runnable newWhenAwaited) {
        whenAwaited = newWhenAwaited;
    }

    void opened(Store store) {
        stores.add(store);
    }

    void closed(Store store) {
        stores.remove(store);
    }

    /** A reader has registered with one of the stores. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** A reader has begun to wait for a record. */
    void awaited() {
        whenAwaited.run();
    }

    /** A reader waits until what is applied is committed. */
    void commitAwaited() {
        if (commits.await()) {
            wake.run();
        }
    }

    /** Streams begins to commit. Stream thread. */
    void committing() {
        commits.begins();
    }

    /** Whether a reader waits for a record of this thread's stores. */
    public boolean isAwaited() {
        for (Store store : stores) {
            if (store.isAwaited()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks Streams for a commit if one is due. Called by the stream thread before it waits for more records, and after each run of
     * them: with a backlog Streams does not poll for long.
     *
     * @param spaced whether so many records come that commits are to be few
     * @return nanoseconds after which it is to be called again at the latest, 0 if it has asked just now
     */
    public long requestCommit(boolean spaced) {
        int uncommitted = 0;
        boolean flushAwaited = false; // still: its pause is longer than the time between two commits may be
        for (Store store : stores) {
            uncommitted += store.uncommitted();
            flushAwaited |= store.isFlushAwaited();
        }
        long due = commits.due(uncommitted, spaced && !flushAwaited);
        if (due == 0) {
            commits.asked();
            stores.forEach(Store::requestCommit);
        }
        return due;
    }

    /**
     * Writes out the stores of which a reader waits, if the pause is over. Called by the stream thread between two records,
     * before it waits for more.
     *
     * @return nanoseconds after which it is to be called again at the latest; {@link Long#MAX_VALUE} if all is written out
     */
    public long flushRequested() {
        requested.set(false); // before the look: who registers after it wakes the thread
        if (stores.stream().noneMatch(Store::isFlushAwaited)) {
            return waitMax();
        }
        long started = nanoTime.getAsLong();
        long left = pauseNanos - (started - endedAtNanos);
        if (left > 0) {
            requested.set(true); // the thread comes back by itself
            return left;
        }
        for (Store store : stores) {
            if (store.isFlushAwaited()) {
                store.writeOut();
            }
        }
        endedAtNanos = nanoTime.getAsLong();
        pauseNanos = PAUSE_FACTOR * (endedAtNanos - started);
        return waitMax();
    }

    private long waitMax() {
        return stores.stream().anyMatch(Store::isUnwritten) ? UNWRITTEN_WAIT_NANOS : Long.MAX_VALUE;
    }
}
