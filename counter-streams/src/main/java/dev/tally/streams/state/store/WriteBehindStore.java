package dev.tally.streams.state.store;

import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.FlushBatch;
import dev.tally.streams.state.flush.ThreadFlushes;
import dev.tally.streams.state.history.Buckets;
import dev.tally.streams.state.ids.RememberedId;
import dev.tally.streams.state.ids.RememberedIds;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.page.TopIndex;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.WrittenState;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * One partition's counters. The recently used counters are in memory; all counters are in a logged RocksDB store. Changes are
 * written behind to that store, once per commit and counter, with the applied offset last.
 *
 * <p>The write-behind happens in {@link #flushCache}. Streams calls it on the stream thread in the prepare phase of a commit, so
 * that its writes to the store, the changelog and the totals feed belong to the transaction that also commits the offsets.
 * {@code StateStore.commit} would be too late: it runs after the transaction. This hook, and forwarding from within it, are
 * internal to Kafka Streams. No other class of this package uses Streams internals.
 *
 * <p>Threads: the stream thread that owns the partition calls all methods, except those of {@link CounterView} and
 * {@link StoredState}. An entry is evicted from memory only when the underlying store holds it. A reader that does not find an
 * entry in memory therefore finds it in the store, in the same version or a newer one.
 */
final class WriteBehindStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
        implements CounterStore, CounterView, ThreadFlushes.Store {
    private final ServingStores serving;
    private final StateLimits limits;
    private final Generation generation;
    private final FlushBatch batch;
    private final RememberedIds ids;
    private final Buckets buckets;
    private final TopIndex<CounterEntry> topIndex;
    private final StoredState written;
    private final Overflows overflows = new Overflows();
    private final Outcomes outcomes;
    private final Waiters waiters = new Waiters();
    private final StateFormat format = new StateFormat();
    private final AppliedOffset applied = new AppliedOffset();
    private final NextRecord nextRecord;
    private final RecentCounters recent;
    private final BackfillTimer backfillTimer = new BackfillTimer();
    private final List<CounterEntry> dirty = new ArrayList<>();

    /** Records processed since the state was last written out. */
    private int recordsUnwritten;

    /** Records processed since the last commit began. */
    private int recordsUncommitted;

    private boolean generationWritten;
    private int partition;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable ProcessorNode<?, ?, ?, ?> countingNode;
    private @Nullable TotalsFeed feed;
    private @Nullable ThreadFlushes thread;
    /** Set by the stream thread. Other threads only check whether it is null. */
    private volatile ServingStores.@Nullable Lease lease;

    /** @param generation the generation that existing state must have been created with */
    WriteBehindStore(
            KeyValueStore<Bytes, byte[]> store,
            ServingStores serving,
            StateLimits limits,
            Generation generation,
            LogCheck log) {
        super(store);
        this.nextRecord = new NextRecord(log);
        this.generation = generation;
        this.batch = new FlushBatch(store);
        this.ids =
                new RememberedIds(store, batch, generation.deduplicationWindow().toMillis(), limits.ids());
        this.outcomes = new Outcomes(ids, overflows);
        this.buckets = new Buckets(store, batch, generation.history());
        this.topIndex = new TopIndex<>(store, batch, new Counters(), limits.index());
        this.written = new StoredState(store, generation, topIndex, limits.pageEntries(), applied);
        this.serving = serving;
        this.limits = limits;
        this.recent = new RecentCounters(limits.entries());
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        clearCache();
        partition = stateStoreContext.taskId().partition();
        super.init(stateStoreContext, root);
    }

    @Override
    public void open(ProcessorContext<byte[], byte[]> processorContext, TotalsFeed totalsFeed) {
        InternalProcessorContext<?, ?> internal = (InternalProcessorContext<?, ?>) processorContext;
        context = internal;
        countingNode = internal.currentNode();
        feed = totalsFeed;
        byte[] stored = wrapped().get(AppliedOffset.KEY);
        if (stored != null) {
            generation.verify(wrapped().get(Generation.KEY));
            generationWritten = true;
            applied.read(stored);
            written.startAt(applied.position());
        }
        nextRecord.open(partition, applied);
        if (stored != null) {
            topIndex.open();
            ids.open();
            backfillTimer.run(topIndex.isBackfilling(), processorContext);
        }
        overflows.startAfter(applied.offset());
        ThreadFlushes ofThread = serving.flushesOfThisThread();
        thread = ofThread;
        written.serve(ofThread, this);
        lease = serving.announce(partition, this);
    }

    @Override
    public void withdraw() {
        ServingStores.Lease held = lease;
        if (held != null) {
            serving.withdraw(held);
            lease = null;
        }
        waiters.wakeAll(); // the waiters find that this process does not serve the partition
        written.withdraw(this);
    }

    @Override
    public boolean isNew(long offset, long appendTime) {
        return nextRecord.isNew(offset, appendTime, applied);
    }

    @Override
    public long streamTime(long appendTime) {
        return Math.max(applied.streamTime(), appendTime);
    }

    @Override
    public @Nullable CounterEntry find(byte[] key) {
        CounterEntry entry = recent.find(key);
        if (entry == null) {
            Bytes stateKey = StateFormat.totalKey(key);
            byte[] stored = wrapped().get(stateKey);
            if (stored == null) {
                return null;
            }
            entry = CounterEntry.read(key, stateKey, stored);
            recent.keep(entry);
        }
        entry.touched = true;
        return entry;
    }

    @Override
    public CounterEntry create(byte[] key) {
        // The entry is added to the map with its first event: before that a reader would take it for a deleted counter.
        return new CounterEntry(key, StateFormat.totalKey(key));
    }

    @Override
    public void add(CounterEntry counter, long newTotal, long value, long occurredAt, long offset, long streamTime) {
        counter.add(newTotal, offset, streamTime);
        buckets.add(counter, occurredAt, value, streamTime);
        changed(counter);
    }

    @Override
    public void set(CounterEntry counter, long newTotal, long offset, long streamTime) {
        counter.set(newTotal, offset, streamTime);
        changed(counter);
    }

    @Override
    public void delete(CounterEntry counter, long offset, long streamTime) {
        counter.delete(offset, streamTime);
        changed(counter);
    }

    @Override
    public @Nullable RememberedId applied(byte[] key, byte[] id, long streamTime) {
        return ids.applied(key, id, streamTime);
    }

    @Override
    public void duplicate(CounterEntry counter) {
        counter.duplicate();
        toBeWritten(counter);
    }

    @Override
    public void remember(byte[] key, byte[] id, EventContent content, long offset, long streamTime) {
        ids.remember(key, id, content, offset, streamTime);
    }

    @Override
    public void overflowed(long offset) {
        overflows.add(offset);
    }

    private void changed(CounterEntry counter) {
        counter.totalDirty = true;
        toBeWritten(counter);
    }

    /** Marks the counter to be written at the next commit. */
    private void toBeWritten(CounterEntry counter) {
        if (!counter.dirty) {
            counter.dirty = true;
            dirty.add(counter);
            recent.keep(counter);
        }
    }

    @Override
    public void setApplied(long offset, long streamTime, long appendTime) {
        applied.set(offset, streamTime, appendTime);
        recordsUnwritten++;
        recordsUncommitted++;
        waiters.wakeUpTo(offset);
        int unwrittenMax = limits.entries() / 2;
        if (dirty.size() >= unwrittenMax || ids.unwritten() >= unwrittenMax || buckets.unwritten() >= unwrittenMax) {
            writeOut();
        }
    }

    /**
     * Streams processes all buffered records between two polls. A reader that waits for a flush or a commit must not wait for the
     * next poll.
     */
    @Override
    public void endOfRun() {
        waiters.applied(applied.offset());
        ThreadFlushes ofThread = thread;
        if (ofThread != null) {
            ofThread.requestCommit(true);
        }
    }

    @Override
    public boolean isFlushAwaited() {
        return isUnwritten() && written.isAwaited();
    }

    @Override
    public boolean isUnwritten() {
        return recordsUnwritten > 0;
    }

    /** Called by Streams in the prepare phase of a commit. */
    @Override
    public void flushCache() {
        recordsUncommitted = 0;
        ThreadFlushes ofThread = thread;
        if (ofThread != null) {
            ofThread.committing();
        }
        writeOut();
    }

    @Override
    public boolean isAwaited() {
        return waiters.lowest() != Long.MAX_VALUE || written.isWaitedFor();
    }

    @Override
    public int uncommitted() {
        return recordsUncommitted > 0 || !backfillTimer.isDue() ? recordsUncommitted : 1;
    }

    /**
     * Requests a commit only if this store has something to commit. Otherwise the request would stay pending and the next record
     * would trigger the commit.
     */
    @Override
    public void requestCommit() {
        InternalProcessorContext<?, ?> open = context;
        if (open != null && uncommitted() > 0) {
            open.commit();
        }
    }

    @Override
    public void writeOut() {
        if (!backfillTimer.takeDue() && recordsUnwritten == 0) {
            return;
        }
        written.beginWriting();
        boolean whole = false;
        try {
            write();
            whole = true;
        } finally {
            if (!whole) {
                withdraw(); // before any reader can read the partial write
            }
            written.endWriting(applied.position());
        }
        recent.evict();
    }

    private void write() {
        if (!generationWritten) {
            batch.put(Generation.KEY, generation.value());
            generationWritten = true;
        }
        if (generation.topIndex()) {
            topIndex.update(dirty, dirty.size()); // the counters that the index appends have not changed
            topIndex.continueBackfill(recordsUnwritten);
            topIndex.flush();
        }
        for (CounterEntry counter : dirty) {
            batch.put(counter.stateKey(), format.total(counter.snapshot(), counter.isIndexed(), counter.open()));
        }
        forwardTotals();
        ids.flush(applied.streamTime());
        buckets.flush(applied.streamTime());
        batch.put(AppliedOffset.KEY, applied.value());
        batch.flush();
        for (CounterEntry counter : dirty) {
            counter.dirty = false;
            counter.totalDirty = false;
        }
        dirty.clear();
        recordsUnwritten = 0;
    }

    /** Streams forwards from the current node. A commit has no current node, so the node of the counting processor is set. */
    private void forwardTotals() {
        InternalProcessorContext<?, ?> open = context;
        TotalsFeed to = feed;
        if (open == null || to == null) {
            throw new IllegalStateException("A store with changes is flushed before it was opened");
        }
        ProcessorNode<?, ?, ?, ?> previous = open.currentNode();
        open.setCurrentNode(countingNode);
        try {
            for (CounterEntry counter : dirty) {
                if (counter.totalDirty) {
                    to.changed(counter);
                }
            }
            backfillTimer.run(topIndex.isBackfilling(), open);
        } finally {
            open.setCurrentNode(previous);
        }
    }

    /** Drops what is only in memory: the task was closed, or its state is about to be restored from the changelog. */
    @Override
    public void clearCache() {
        withdraw();
        recent.clear();
        dirty.clear();
        batch.clear();
        ids.clear();
        buckets.clear();
        backfillTimer.stop();
        written.startAt(new Position(AppliedOffset.NOTHING, AppliedOffset.NOTHING));
        recordsUnwritten = 0;
        recordsUncommitted = 0;
        thread = null;
        generationWritten = false;
        applied.set(AppliedOffset.NOTHING, AppliedOffset.NOTHING, AppliedOffset.NOTHING);
        context = null;
        countingNode = null;
        feed = null;
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }

    @Override
    public Position position() {
        return applied.position();
    }

    @Override
    public @Nullable CounterSnapshot inMemory(byte[] key) {
        CounterEntry entry = recent.find(key);
        return entry == null ? null : entry.snapshot();
    }

    @Override
    public @Nullable CounterSnapshot read(byte[] key) {
        CounterSnapshot cached = inMemory(key);
        if (cached != null) {
            return cached;
        }
        byte[] stored = wrapped().get(StateFormat.totalKey(key));
        return stored == null ? null : StateFormat.total(stored);
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
    public Waiting await(long offset, Runnable wake) {
        Waiters.Waiter waiter = waiters.add(offset, wake);
        VarHandle.fullFence(); // either the stream thread sees the waiter, or this thread sees the applied offset
        // that the stream thread has set
        if (applied.position().offset() >= offset || lease == null) {
            waiter.wakeNow();
        } else {
            written.awaited();
        }
        return waiter;
    }

    @Override
    public void awaitCommit() {
        written.commitAwaited();
    }

    /** The counters as the index needs them, on the stream thread. */
    private final class Counters implements TopIndex.Counters<CounterEntry> {
        @Override
        public CounterEntry find(byte[] key) {
            CounterEntry counter = WriteBehindStore.this.find(key);
            if (counter == null) {
                throw new IllegalStateException("The index names a counter that the state does not hold");
            }
            return counter;
        }

        @Override
        public @Nullable CounterEntry inMemory(byte[] key) {
            return recent.find(key);
        }

        @Override
        public void rewrite(CounterEntry counter) {
            toBeWritten(counter);
        }
    }
}
