package dev.tally.streams.state.store;

import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.StateDigests;
import dev.tally.streams.state.serving.WrittenState;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The view of a partition that this instance counts as its active owner: up to the last applied record, from memory and the store.
 *
 * <p>Threads: the methods of {@link CounterView} are for any thread, all others for the stream thread.
 */
final class ActiveView implements CounterView {
    private final AppliedOffset applied;
    private final CounterCache counters;
    private final Outcomes outcomes;
    private final StoredState written;
    private final StateDigests digests;
    private final Waiters waiters = new Waiters();
    private volatile boolean served;

    ActiveView(
            AppliedOffset applied,
            CounterCache counters,
            Outcomes outcomes,
            StoredState written,
            StateDigests digests) {
        this.applied = applied;
        this.counters = counters;
        this.outcomes = outcomes;
        this.written = written;
        this.digests = digests;
    }

    /** Starts to accept waiting readers. */
    void serve() {
        served = true;
    }

    /** Wakes all waiting readers, which find that this process does not serve the partition; later waits end immediately. */
    void withdraw() {
        served = false;
        waiters.wakeAll();
    }

    /** Called after each record, when the applied offset is set. */
    void applied(long offset) {
        waiters.wakeUpTo(offset);
    }

    /** Called after the last record of a run. Misses no waiter, see {@link Waiters#wakeUpTo}. */
    void endOfRun(long offset) {
        waiters.applied(offset);
    }

    /** Whether a reader waits for a record to be applied. */
    boolean isAwaited() {
        return waiters.lowest() != Long.MAX_VALUE;
    }

    @Override
    public Position position() {
        return applied.position();
    }

    @Override
    public @Nullable CounterSnapshot inMemory(byte[] key) {
        CounterEntry entry = counters.inMemory(key);
        return entry == null ? null : entry.snapshot();
    }

    @Override
    public @Nullable CounterSnapshot read(byte[] key) {
        return counters.read(key);
    }

    @Override
    public CountedEvent outcome(byte[] key, long offset, EventContent content, byte @Nullable [] id) {
        return outcomes.of(key, offset, content, id, applied.position().streamTime());
    }

    @Override
    public WrittenState written() {
        return written;
    }

    @Override
    public StateDigests digests() {
        return digests;
    }

    @Override
    public Waiting await(long offset, Runnable wake) {
        Waiters.Waiter waiter = waiters.add(offset, wake);
        VarHandle.fullFence(); // either the stream thread sees the waiter, or this thread sees the applied offset
        // that the stream thread has set
        if (applied.position().offset() >= offset || !served) {
            waiter.wakeNow();
        } else {
            written.notifyWaiting();
        }
        return waiter;
    }

    @Override
    public void awaitCommit() {
        written.requestCommit();
    }
}
