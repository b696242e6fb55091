package dev.tally.streams.state.flush;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Schedules the flushes that readers request of the stores of one stream thread. A reader requests a flush when the written state
 * is behind the applied offset. The stream thread then writes the state out before its next poll, within its open transaction and
 * without a commit. One flush serves all readers that wait for it.
 *
 * <p>Requested flushes take at most about a tenth of the thread's time: after a flush, the next one waits until nine times the
 * duration of the flush has passed. A commit also writes the state out and is not delayed.
 *
 * <p>This class also requests the thread's commits, see {@link CommitPace}, and notifies a pausing thread of waiting readers.
 *
 * <p>{@link #flushIfRequested}, {@link #requestDueCommit} and {@link #commitBegins} are for the stream thread; all other methods
 * are thread-safe.
 */
public final class FlushScheduler {
    private static final int PAUSE_FACTOR = 9;
    /** Bounds the wait for records, since a wake-up can be late. Not needed while everything is written out. */
    private static final long PENDING_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier nanoTime;
    private final boolean commitIntervalApplies;
    private final List<Store> stores = new CopyOnWriteArrayList<>();
    /** Set when the thread has been woken. The thread checks for requests before it waits for records again. */
    private final AtomicBoolean requested = new AtomicBoolean();

    private final CommitPace commits;
    private volatile Runnable wake = () -> {};
    private volatile Runnable whenAwaited = () -> {};
    private long endedAtNanos;
    private long pauseNanos;

    /** A store that the thread writes out. */
    public interface Store {
        /** Whether a reader waits for records that are applied but not written out. */
        boolean isFlushAwaited();

        /** Whether there are records that are applied but not written out. */
        boolean hasPending();

        void writeOut();

        /** Whether a reader waits for a record to be applied or written out. */
        boolean isAwaited();

        /** The number of records that are applied but not committed; 1 if a commit is due for another reason. */
        int uncommitted();

        /** Requests a commit from Streams. */
        void requestCommit();
    }

    FlushScheduler(LongSupplier nanoTime, boolean commitIntervalApplies) {
        this.commitIntervalApplies = commitIntervalApplies;
        this.nanoTime = nanoTime;
        this.commits = new CommitPace(nanoTime);
    }

    /** @param newWake ends the thread's wait for records; runs on any thread and must not block */
    public void onRequest(Runnable newWake) {
        wake = newWake;
    }

    /** @param newWhenAwaited called for each reader that begins to wait; runs on any thread and must not block */
    public void onAwaited(Runnable newWhenAwaited) {
        whenAwaited = newWhenAwaited;
    }

    public void add(Store store) {
        stores.add(store);
    }

    public void remove(Store store) {
        stores.remove(store);
    }

    /** Called when a reader has registered with one of the stores. */
    public void requestFlush() {
        if (requested.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** Called when a reader has begun to wait for a record. */
    public void notifyWaiting() {
        whenAwaited.run();
    }

    /** Called when a reader waits until the applied records are committed. */
    public void requestCommit() {
        if (commits.readerWaits()) {
            wake.run();
        }
    }

    /** Called when Streams begins a commit. Stream thread only. */
    public void commitBegins() {
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
     * Requests a commit from Streams if one is due. The stream thread calls it before it waits for more records, and after each
     * run of records: with a backlog the time between two polls is long.
     *
     * @param highRate whether the rate of records is so high that commits should be infrequent
     * @return nanoseconds within which it must be called again, 0 if it has just requested a commit
     */
    public long requestDueCommit(boolean highRate) {
        int uncommitted = 0;
        boolean flushAwaited = false; // not yet flushed: the pause exceeds the permitted time between two commits
        for (Store store : stores) {
            uncommitted += store.uncommitted();
            flushAwaited |= store.isFlushAwaited();
        }
        long due = commits.due(uncommitted, (highRate || commitIntervalApplies) && !flushAwaited);
        if (due == 0) {
            commits.requested();
            stores.forEach(Store::requestCommit);
        }
        return due;
    }

    /**
     * Writes out the stores that a reader waits for, if the pause is over. The stream thread calls it between two records, before
     * it waits for more.
     *
     * @return nanoseconds within which it must be called again; {@link Long#MAX_VALUE} if everything is written out
     */
    public long flushIfRequested() {
        requested.set(false); // before the check: a reader that registers after it wakes the thread
        if (stores.stream().noneMatch(Store::isFlushAwaited)) {
            return waitMax();
        }
        long started = nanoTime.getAsLong();
        long left = pauseNanos - (started - endedAtNanos);
        if (left > 0) {
            requested.set(true); // the thread calls again without a wake-up
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
        return stores.stream().anyMatch(Store::hasPending) ? PENDING_WAIT_NANOS : Long.MAX_VALUE;
    }
}
