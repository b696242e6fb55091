package dev.tally.streams.state;

import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A partition's state as it was last written out, which is the state as of one record: for reads of more than one entry, which
 * memory could not give as of one record without stopping counting.
 *
 * <p>Counting writes between {@link #beginWriting} and {@link #endWriting}. A reader opens its iterators in between two
 * writings, each of which sees the store as it was then for as long as it is read. So a reader waits for one writing at most, and
 * counting for a reader that opens its iterators, takes the largest totals from a {@link Ranking}, or does one slice of building
 * one. Where the index cannot tell the largest, all counters of the namespace are read from an iterator, and nothing waits.
 *
 * <p>Reads block, and are for threads that may. They throw {@link org.apache.kafka.streams.errors.InvalidStateStoreException} if
 * the store closes meanwhile.
 */
public final class WrittenState {
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final Generation generation;
    /** To be used while {@link #writing} is held. */
    private final TopIndex topIndex;

    private final int pageEntriesMax;
    private final AppliedOffset applied;
    private final Waiters waiters = new Waiters();
    private final ReentrantLock writing = new ReentrantLock();
    private final Condition written = writing.newCondition();
    /** Counting waits for the lock or holds it: no slice of a ranking begins. */
    private volatile boolean isWritingDue;

    private volatile CounterView.Position position =
            new CounterView.Position(AppliedOffset.NOTHING, AppliedOffset.NOTHING);
    /** Of the thread that writes; null while the partition is not served. */
    private volatile @Nullable ThreadFlushes flushes;

    /**
     * What was read.
     *
     * @param position as of which it holds
     * @param value null if the counter does not exist
     */
    public record Read<T>(
            CounterView.Position position, @Nullable T value) {}

    /** @param applied how far the partition is applied, which is as far as this state or further */
    WrittenState(
            KeyValueStore<Bytes, byte[]> store,
            Generation generation,
            TopIndex topIndex,
            int pageEntriesMax,
            AppliedOffset applied) {
        this.store = store;
        this.applied = applied;
        this.generation = generation;
        this.topIndex = topIndex;
        this.pageEntriesMax = pageEntriesMax;
    }

    void beginWriting() {
        isWritingDue = true;
        writing.lock();
    }

    /** @param upTo the last record that the state now holds */
    void endWriting(CounterView.Position upTo) {
        position = upTo;
        isWritingDue = false;
        written.signalAll();
        writing.unlock();
        waiters.applied(upTo.offset());
    }

    /** Begins anew, at what is in the store. */
    void startAt(CounterView.Position restored) {
        writing.lock();
        try {
            topIndex.clear();
            position = restored;
        } finally {
            writing.unlock();
        }
    }

    /** Readers may wait from now on. */
    void serve(ThreadFlushes ofThread, ThreadFlushes.Store writer) {
        ofThread.opened(writer);
        flushes = ofThread;
    }

    /** Readers wait no longer, neither those who do nor those who come later: the partition is not served here. */
    void withdraw(ThreadFlushes.Store writer) {
        ThreadFlushes ofThread = flushes;
        if (ofThread != null) {
            ofThread.closed(writer);
        }
        flushes = null;
        waiters.wakeAll();
    }

    /** Whether a reader waits for no more than what is applied. Stream thread only. */
    boolean isAwaited() {
        return waiters.lowest() <= applied.offset();
    }

    /** Whether a reader waits. Any thread. */
    boolean isWaitedFor() {
        return waiters.lowest() != Long.MAX_VALUE;
    }

    /** A reader waits until what is applied is committed. Any thread. */
    void commitAwaited() {
        ThreadFlushes ofThread = flushes;
        if (ofThread != null) {
            ofThread.commitAwaited();
        }
    }

    /** A reader waits for a record to be applied. Any thread. */
    void awaited() {
        ThreadFlushes ofThread = flushes;
        if (ofThread != null) {
            ofThread.awaited();
        }
    }

    /** The last record that the state as written holds. */
    public CounterView.Position position() {
        return position;
    }

    /**
     * As {@link CounterView#await}, until the state is written out with the offset in it. If the offset is applied, or once it
     * is, this requests a flush.
     */
    public CounterView.Waiting await(long offset, Runnable wake) {
        Waiters.Waiter waiter = waiters.add(offset, wake);
        VarHandle.fullFence(); // either the stream thread sees the waiter, or what that thread has put is seen here
        ThreadFlushes ofThread = flushes;
        if (ofThread == null || position.offset() >= offset) {
            waiter.wakeNow();
        } else if (applied.position().offset() >= offset) {
            ofThread.request();
        } else {
            ofThread.awaited();
        }
        return waiter;
    }

    /** A counter. */
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

    /** A counter's history. */
    public Read<History> history(byte[] counter, HistoryRange range) {
        List<KeyValueIterator<Bytes, byte[]>> periods = new ArrayList<>();
        try {
            CounterView.Position asOf;
            byte[] stored;
            long earliest;
            writing.lock();
            try {
                asOf = position;
                stored = store.get(StateFormat.totalKey(counter));
                earliest = generation.history().earliest(range.step(), asOf.streamTime());
                if (stored != null) {
                    HistoryReader.open(store, counter, range, earliest, periods);
                }
            } finally {
                writing.unlock();
            }
            return new Read<>(asOf, stored == null ? null : HistoryReader.read(stored, range, earliest, periods));
        } finally {
            periods.forEach(KeyValueIterator::close);
        }
    }

    /** Counters of one namespace. */
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
     * The largest, as far as one slice of work leads: without a value if another slice is needed, null if they cannot be told
     * from the members now. Between two slices counting may write.
     */
    @Nullable
    Read<CounterPage> ofMembers(byte[] namespace, int limit) {
        if (!generation.topIndex()) {
            return null;
        }
        writing.lock();
        try {
            while (isWritingDue) {
                written.awaitUninterruptibly(); // the lock alone would let this thread in again before counting
            }
            if (!topIndex.isComplete(namespace)) {
                return null;
            }
            Ranking ranking = topIndex.rankings().next(namespace);
            return new Read<>(position, ranking == null ? null : ranking.largest(namespace, limit));
        } finally {
            writing.unlock();
        }
    }

    /** How many rankings are being built. */
    int rankingBuilds() {
        writing.lock();
        try {
            return topIndex.rankings().builds();
        } finally {
            writing.unlock();
        }
    }

    private record Snapshot(CounterView.Position position, KeyValueIterator<Bytes, byte[]> entries) {}

    private Snapshot snapshot(byte[] namespace, byte[] start, byte[] beyond) {
        writing.lock();
        try {
            return new Snapshot(
                    position, NamespaceRange.open(store, StateFormat.TOTAL_PREFIX, namespace, start, beyond));
        } finally {
            writing.unlock();
        }
    }
}
