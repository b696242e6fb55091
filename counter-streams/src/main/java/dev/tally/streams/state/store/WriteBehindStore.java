package dev.tally.streams.state.store;

import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.FlushBatch;
import dev.tally.streams.state.flush.FlushScheduler;
import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.streams.state.history.Buckets;
import dev.tally.streams.state.ids.RememberedId;
import dev.tally.streams.state.ids.RememberedIds;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.page.TopIndex;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores;
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
 * One partition's counters: the write side. The recently used counters are in memory; all counters are in a logged RocksDB store.
 * Changes are written behind to that store, once per commit and counter, with the applied offset last. Readers use the
 * {@link ActiveView} and the {@link StoredState} of the store.
 *
 * <p>The write-behind happens in {@link #flushCache}. Streams calls it on the stream thread in the prepare phase of a commit, so
 * that its writes to the store, the changelog and the totals feed belong to the transaction that also commits the offsets.
 * {@code StateStore.commit} would be too late: it runs after the transaction. This hook, and forwarding from within it, are
 * internal to Kafka Streams. No other class of this module uses Streams internals.
 *
 * <p>For the stream thread that owns the partition.
 */
final class WriteBehindStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
        implements CounterStore, FlushScheduler.Store {
    private final ServingStores serving;
    private final FlushSchedulers schedulers;
    private final StateParameters parameters;
    private final int pendingMax;
    private final FlushBatch batch;
    private final CounterCache counters;
    private final RememberedIds ids;
    private final Buckets buckets;
    private final TopIndex<CounterEntry> topIndex;
    private final Overflows overflows = new Overflows();
    private final StateFormat format = new StateFormat();
    private final AppliedOffset applied = new AppliedOffset();
    private final NextRecord nextRecord;
    private final BackfillTimer backfillTimer = new BackfillTimer();
    private final StoredState written;
    private final Digests digests;
    private final ActiveView view;

    /** Records processed since the state was last written out. */
    private int recordsPending;

    /** Records processed since the last commit began. */
    private int recordsUncommitted;

    private boolean parametersWritten;
    private int partition;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable ProcessorNode<?, ?, ?, ?> countingNode;
    private @Nullable TotalsFeed feed;
    private @Nullable FlushScheduler scheduler;
    private ServingStores.@Nullable Lease lease;

    /** @param parameters the parameters that existing state must have been created with */
    WriteBehindStore(
            KeyValueStore<Bytes, byte[]> store,
            ServingStores serving,
            FlushSchedulers schedulers,
            StateLimits limits,
            StateParameters parameters,
            LogCheck log) {
        super(store);
        this.serving = serving;
        this.schedulers = schedulers;
        this.parameters = parameters;
        this.pendingMax = limits.entries() / 2;
        this.nextRecord = new NextRecord(log);
        this.batch = new FlushBatch(store);
        this.counters = new CounterCache(store, limits.entries());
        this.ids =
                new RememberedIds(store, batch, parameters.deduplicationWindow().toMillis(), limits.ids());
        this.buckets = new Buckets(store, batch, parameters.history());
        this.topIndex = new TopIndex<>(store, batch, counters, limits.index());
        this.written = new StoredState(store, parameters, topIndex, limits.pageEntries(), applied);
        this.digests = new Digests(store, parameters.history(), applied, written::requestFlush);
        this.view = new ActiveView(applied, counters, new Outcomes(ids, overflows), written, digests);
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
            parameters.verify(wrapped().get(StateParameters.KEY));
            parametersWritten = true;
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
        FlushScheduler ofThread = schedulers.ofThisThread();
        scheduler = ofThread;
        written.serve(ofThread, this);
        digests.serve();
        view.serve();
        lease = serving.announce(partition, view);
    }

    @Override
    public void withdraw() {
        ServingStores.Lease held = lease;
        if (held != null) {
            serving.withdraw(held);
            lease = null;
        }
        view.withdraw();
        digests.withdraw();
        written.withdraw(this);
    }

    @Override
    public boolean isNew(long offset, long appendTime) {
        boolean isNew = nextRecord.isNew(offset, appendTime, applied);
        if (digests.isBefore(offset)) {
            digests.lastRecordIsApplied();
            writeOut();
        }
        return isNew;
    }

    @Override
    public long streamTime(long appendTime) {
        return Math.max(applied.streamTime(), appendTime);
    }

    @Override
    public @Nullable CounterEntry find(byte[] key) {
        return counters.find(key);
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
        counters.totalChanged(counter);
    }

    @Override
    public void set(CounterEntry counter, long newTotal, long offset, long streamTime) {
        counter.set(newTotal, offset, streamTime);
        counters.totalChanged(counter);
    }

    @Override
    public void delete(CounterEntry counter, long offset, long streamTime) {
        counter.delete(offset, streamTime);
        counters.totalChanged(counter);
    }

    @Override
    public @Nullable RememberedId applied(byte[] key, byte[] id, long streamTime) {
        return ids.applied(key, id, streamTime);
    }

    @Override
    public void duplicate(CounterEntry counter) {
        counter.duplicate();
        counters.rewrite(counter);
    }

    @Override
    public void remember(byte[] key, byte[] id, EventContent content, long offset, long streamTime) {
        ids.remember(key, id, content, offset, streamTime);
    }

    @Override
    public void overflowed(long offset) {
        overflows.add(offset);
    }

    @Override
    public void setApplied(long offset, long streamTime, long appendTime) {
        applied.set(offset, streamTime, appendTime);
        recordsPending++;
        recordsUncommitted++;
        view.applied(offset);
        if (counters.pending().size() >= pendingMax || ids.pending() >= pendingMax || buckets.pending() >= pendingMax) {
            writeOut();
        }
    }

    /**
     * Streams processes all buffered records between two polls. A reader that waits for a flush or a commit must not wait for the
     * next poll.
     */
    @Override
    public void endOfRun() {
        view.endOfRun(applied.offset());
        if (digests.isDue()) {
            writeOut();
        }
        FlushScheduler ofThread = scheduler;
        if (ofThread != null) {
            ofThread.requestDueCommit(true);
        }
    }

    @Override
    public boolean isFlushAwaited() {
        return (hasPending() && written.isAwaited()) || digests.isDue();
    }

    @Override
    public boolean hasPending() {
        return recordsPending > 0;
    }

    /** Called by Streams in the prepare phase of a commit. */
    @Override
    public void flushCache() {
        recordsUncommitted = 0;
        FlushScheduler ofThread = scheduler;
        if (ofThread != null) {
            ofThread.commitBegins();
        }
        writeOut();
    }

    @Override
    public boolean isAwaited() {
        return view.isAwaited() || written.isWaitedFor();
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
        if (backfillTimer.takeDue() || recordsPending > 0) {
            writePending();
        }
        digests.takeDue();
    }

    private void writePending() {
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
        counters.evict();
    }

    private void write() {
        if (!parametersWritten) {
            batch.put(StateParameters.KEY, parameters.value());
            parametersWritten = true;
        }
        if (parameters.topIndex()) {
            topIndex.update(
                    counters.pending(), counters.pending().size()); // those that the index appends are unchanged
            topIndex.continueBackfill(recordsPending);
            topIndex.flush();
        }
        for (CounterEntry counter : counters.pending()) {
            batch.put(counter.stateKey(), format.total(counter.snapshot(), counter.isIndexed(), counter.open()));
        }
        forwardTotals();
        ids.flush(applied.streamTime());
        buckets.flush(applied.streamTime());
        batch.put(AppliedOffset.KEY, applied.value());
        batch.flush();
        counters.written();
        recordsPending = 0;
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
            for (CounterEntry counter : counters.pending()) {
                if (counter.isTotalChanged()) {
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
        counters.clear();
        batch.clear();
        ids.clear();
        buckets.clear();
        backfillTimer.stop();
        written.startAt(new CounterView.Position(AppliedOffset.NOTHING, AppliedOffset.NOTHING));
        recordsPending = 0;
        recordsUncommitted = 0;
        scheduler = null;
        parametersWritten = false;
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
}
