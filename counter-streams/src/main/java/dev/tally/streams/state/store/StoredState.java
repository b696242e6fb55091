package dev.tally.streams.state.store;

import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.flush.FlushScheduler;
import dev.tally.streams.state.history.HistoryReader;
import dev.tally.streams.state.page.PageReader;
import dev.tally.streams.state.page.TopIndex;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.StateEntries;
import dev.tally.streams.state.serving.WrittenState;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The written state of a partition in its store. A read of several entries from memory would be as of one record only if counting
 * stopped.
 *
 * <p>The stream thread writes between {@link #beginWriting} and {@link #endWriting}. A reader opens its iterators between two
 * writes. Each iterator sees the store as of the time it was opened. A reader therefore waits for one write at most. The stream
 * thread waits for a reader that opens its iterators, takes the largest totals from a ranking of the index, or builds one slice of
 * a ranking. If the index cannot determine the largest totals, the reader reads all counters of the namespace from an iterator,
 * and the stream thread does not wait.
 */
final class StoredState implements WrittenState {
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateParameters parameters;
    /** Guarded by {@link #writing}. */
    private final TopIndex<?> topIndex;

    private final int pageEntriesMax;
    private final AppliedOffset applied;
    private final Waiters waiters = new Waiters();
    private final ReentrantLock writing = new ReentrantLock();
    private final Condition written = writing.newCondition();
    /** The stream thread waits for the lock or holds it. No slice of a ranking begins while this is true. */
    private volatile boolean isWritingDue;

    private volatile CounterView.Position position =
            new CounterView.Position(AppliedOffset.NOTHING, AppliedOffset.NOTHING);
    /** The scheduler of the stream thread that writes; null while the partition is not served. */
    private volatile @Nullable FlushScheduler scheduler;

    /** @param applied the applied offset of the partition, which is at or after the position of this state */
    StoredState(
            KeyValueStore<Bytes, byte[]> store,
            StateParameters parameters,
            TopIndex<?> topIndex,
            int pageEntriesMax,
            AppliedOffset applied) {
        this.store = store;
        this.applied = applied;
        this.parameters = parameters;
        this.topIndex = topIndex;
        this.pageEntriesMax = pageEntriesMax;
    }

    void beginWriting() {
        isWritingDue = true;
        writing.lock();
    }

    /** @param upTo the position of the last record that the written state now includes */
    void endWriting(CounterView.Position upTo) {
        position = upTo;
        isWritingDue = false;
        written.signalAll();
        writing.unlock();
        waiters.applied(upTo.offset());
    }

    /** Resets to the state in the store. */
    void startAt(CounterView.Position restored) {
        writing.lock();
        try {
            topIndex.clear();
            position = restored;
        } finally {
            writing.unlock();
        }
    }

    /** Starts to accept waiting readers. */
    void serve(FlushScheduler ofThread, FlushScheduler.Store writer) {
        ofThread.add(writer);
        scheduler = ofThread;
    }

    /** Wakes all waiting readers; later waits end immediately. This process no longer serves the partition. */
    void withdraw(FlushScheduler.Store writer) {
        FlushScheduler ofThread = scheduler;
        if (ofThread != null) {
            ofThread.remove(writer);
        }
        scheduler = null;
        waiters.wakeAll();
    }

    /** Whether a reader waits for an offset that is already applied. Stream thread only. */
    boolean isAwaited() {
        return waiters.lowest() <= applied.offset();
    }

    /** Whether a reader waits. Any thread. */
    boolean isWaitedFor() {
        return waiters.lowest() != Long.MAX_VALUE;
    }

    /** Called when a reader waits until the applied records are committed. Any thread. */
    void requestCommit() {
        FlushScheduler ofThread = scheduler;
        if (ofThread != null) {
            ofThread.requestCommit();
        }
    }

    /** Makes the stream thread check whether the state must be written out, before it waits for records. Any thread. */
    void requestFlush() {
        FlushScheduler ofThread = scheduler;
        if (ofThread != null) {
            ofThread.requestFlush();
        }
    }

    /** Called when a reader waits for a record to be applied. Any thread. */
    void notifyWaiting() {
        FlushScheduler ofThread = scheduler;
        if (ofThread != null) {
            ofThread.notifyWaiting();
        }
    }

    @Override
    public CounterView.Position position() {
        return position;
    }

    @Override
    public CounterView.Waiting await(long offset, Runnable wake) {
        Waiters.Waiter waiter = waiters.add(offset, wake);
        VarHandle.fullFence(); // either the stream thread sees the waiter, or this thread sees its writes
        FlushScheduler ofThread = scheduler;
        if (ofThread == null || position.offset() >= offset) {
            waiter.wakeNow();
        } else if (applied.position().offset() >= offset) {
            ofThread.requestFlush();
        } else {
            ofThread.notifyWaiting();
        }
        return waiter;
    }

    @Override
    public Read<CounterSnapshot> counter(byte[] key) {
        CounterView.Position asOf;
        byte[] stored;
        writing.lock();
        try {
            asOf = position;
            stored = store.get(StateFormat.totalKey(key));
        } finally {
            writing.unlock();
        }
        CounterSnapshot counter = stored == null ? null : StateFormat.total(stored);
        return new Read<>(asOf, counter != null && counter.exists() ? counter : null);
    }

    @Override
    public Read<History> history(byte[] counter, HistoryRange range) {
        try (HistoryReader reader = new HistoryReader(range)) {
            CounterView.Position asOf;
            byte[] stored;
            writing.lock();
            try {
                asOf = position;
                stored = store.get(StateFormat.totalKey(counter));
                if (stored != null) {
                    reader.open(store, counter, parameters.history().earliest(range.step(), asOf.streamTime()));
                }
            } finally {
                writing.unlock();
            }
            return new Read<>(asOf, stored == null ? null : history(stored, reader));
        }
    }

    /** Null if the counter does not exist. */
    private static @Nullable History history(byte[] stored, HistoryReader reader) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        CounterSnapshot counter = StateFormat.total(in);
        return counter.exists() ? reader.read(StateFormat.buckets(in), counter.firstOffset()) : null;
    }

    @Override
    public Read<CounterPage> page(PageQuery query) {
        byte[] namespace = query.namespace().getBytes(StandardCharsets.UTF_8);
        if (query.order() == PageQuery.Order.TOTAL) {
            return largest(namespace, query.limit());
        }
        byte[] start = query.prefix().getBytes(StandardCharsets.UTF_8);
        String beyond = query.beyond();
        byte[] after = beyond == null ? NOTHING : (query.namespace() + "/" + beyond).getBytes(StandardCharsets.UTF_8);
        Snapshot all = snapshot(namespace, start, after);
        try (KeyValueIterator<Bytes, byte[]> entries = all.entries()) {
            return new Read<>(all.position(), PageReader.byName(entries, namespace, query.limit(), pageEntriesMax));
        }
    }

    private Read<CounterPage> largest(byte[] namespace, int limit) {
        Read<CounterPage> read = ofMembers(namespace, limit);
        while (read != null && read.value() == null) {
            read = ofMembers(namespace, limit);
        }
        if (read != null) {
            return read;
        }
        Snapshot all = snapshot(namespace, NOTHING, NOTHING);
        try (KeyValueIterator<Bytes, byte[]> entries = all.entries()) {
            return new Read<>(all.position(), PageReader.largest(entries, namespace, limit));
        }
    }

    /**
     * Reads the largest counters from the members, with at most one slice of work. Returns a read without a value if another
     * slice is needed, or null if the members currently do not determine the largest counters. The stream thread may write
     * between two slices.
     */
    @Nullable
    Read<CounterPage> ofMembers(byte[] namespace, int limit) {
        if (!parameters.topIndex()) {
            return null;
        }
        writing.lock();
        try {
            while (isWritingDue) {
                written.awaitUninterruptibly(); // the lock alone could admit this thread again before the stream thread
            }
            if (!topIndex.isComplete(namespace)) {
                return null;
            }
            return new Read<>(position, topIndex.largest(namespace, limit));
        } finally {
            writing.unlock();
        }
    }

    /** The number of rankings that are being built. */
    int rankingBuilds() {
        writing.lock();
        try {
            return topIndex.rankingBuilds();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public StateEntries entries() {
        writing.lock();
        try {
            return new StateEntries(position, store.all());
        } finally {
            writing.unlock();
        }
    }

    private record Snapshot(CounterView.Position position, KeyValueIterator<Bytes, byte[]> entries) {}

    private Snapshot snapshot(byte[] namespace, byte[] start, byte[] beyond) {
        writing.lock();
        try {
            return new Snapshot(position, PageReader.open(store, namespace, start, beyond));
        } finally {
            writing.unlock();
        }
    }
}
