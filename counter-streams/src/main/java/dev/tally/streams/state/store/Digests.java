package dev.tally.streams.state.store;

import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.digest.DigestRun;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.serving.StateDigests;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a partition that is requested or being read, if any. The stream thread opens its snapshot when everything up to its
 * offset, and nothing beyond, is written out.
 *
 * <p>Threads: {@link #at} is for any thread, all others for the stream thread. A result is completed without the lock.
 */
final class Digests implements StateDigests {
    private static final long NOT_AWAITED = Long.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;
    private final HistoryRetention retention;
    private final AppliedOffset applied;
    /** Makes the stream thread check {@link #isDue} before it waits for records. */
    private final Runnable check;

    /** The offset after which the snapshot must be opened before another record is applied. */
    private volatile long awaited = NOT_AWAITED;

    /** Guarded by this. */
    private boolean served;

    /** Guarded by this. */
    private @Nullable PendingDigest pending;

    /** @param check runs on any thread and must not block */
    Digests(KeyValueStore<Bytes, byte[]> store, HistoryRetention retention, AppliedOffset applied, Runnable check) {
        this.store = store;
        this.retention = retention;
        this.applied = applied;
        this.check = check;
    }

    synchronized void serve() {
        served = true;
    }

    /** Ends the digest that is requested or being read, and closes its iterators. Later requests are refused. */
    void withdraw() {
        PendingDigest ended;
        synchronized (this) {
            served = false;
            awaited = NOT_AWAITED;
            ended = pending;
            pending = null;
        }
        if (ended != null) {
            ended.end(new DigestResult.NotServed());
        }
    }

    @Override
    public Pending at(DigestRequest request, Executor reads) {
        PendingDigest requested = new PendingDigest(this, request, reads);
        DigestResult refusal = register(requested);
        if (refusal != null) {
            requested.end(refusal);
        } else {
            check.run();
        }
        return requested;
    }

    private synchronized @Nullable DigestResult register(PendingDigest requested) {
        if (!served) {
            return new DigestResult.NotServed();
        }
        if (pending != null) {
            return new DigestResult.NotTaken("another digest of the partition is not complete");
        }
        awaited = requested.request().offset();
        VarHandle.fullFence(); // either the stream thread sees the request, or this thread sees the applied offset
        long now = applied.position().offset();
        if (now > requested.request().offset()) {
            awaited = NOT_AWAITED;
            return new DigestResult.Beyond(now);
        }
        pending = requested;
        return null;
    }

    /** Called before a record is applied. Whether the pending digest must be taken before it. */
    boolean isBefore(long offset) {
        return offset > awaited;
    }

    /** Whether the pending digest can be taken now. */
    boolean isDue() {
        return applied.offset() >= awaited;
    }

    /** Called when there is no record after {@code offset} up to the requested one. Any thread. */
    void lastRecordIs(PendingDigest digest, long offset) {
        synchronized (this) {
            if (pending == digest && awaited != NOT_AWAITED) {
                awaited = Math.min(awaited, offset);
            }
        }
        check.run();
    }

    /** Called before a record beyond the requested offset is applied. */
    synchronized void lastRecordIsApplied() {
        if (awaited != NOT_AWAITED) {
            awaited = Math.min(awaited, applied.offset());
        }
    }

    /** Opens the snapshot of the pending digest if it is due. Everything up to the applied offset must be written out. */
    void takeDue() {
        if (isDue()) {
            take();
        }
    }

    private void take() {
        PendingDigest due;
        DigestResult refusal;
        synchronized (this) {
            due = pending;
            if (due == null || !isDue()) {
                return;
            }
            refusal = applied.offset() > awaited ? new DigestResult.Beyond(applied.offset()) : open(due);
            awaited = NOT_AWAITED;
            if (refusal != null) {
                pending = null;
            }
        }
        if (refusal == null) {
            due.read();
        } else {
            due.end(refusal);
        }
    }

    /** Returns a result only if the snapshot could not be opened. Counting continues without the digest. */
    private @Nullable DigestResult open(PendingDigest due) {
        try {
            due.opened(new DigestRun(store, retention, due.request(), applied.offset(), applied.streamTime()));
            return null;
        } catch (RuntimeException e) {
            return new DigestResult.NotTaken("the state could not be read: " + e);
        }
    }

    /** Called by the digest when it ends by itself, on any thread. */
    synchronized void ended(PendingDigest digest) {
        if (pending == digest) {
            pending = null;
            awaited = NOT_AWAITED;
        }
    }
}
