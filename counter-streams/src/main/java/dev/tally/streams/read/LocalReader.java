package dev.tally.streams.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.read.Total;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.WrittenState;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads counters from the state that this instance owns: from memory on the caller's thread, from disk on dedicated threads. This
 * class and {@link ReadEligibility} convert temporary errors of Kafka to {@link ReadResult.NotReady}.
 */
public final class LocalReader implements StateReader, AutoCloseable {
    private static final int DISK_THREADS = 2;
    private static final int DISK_READS_WAITING_MAX = 1_000;
    private static final int WAITING_MAX = 4_000;

    private final int waitingMax;
    private final ReadEligibility eligibility;
    private final Supplier<@Nullable String> address;
    private final DiskReads disk = new DiskReads(DISK_THREADS, DISK_READS_WAITING_MAX);
    private final ScheduledThreadPoolExecutor waits;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<WaitingRead<?>> waitingReads = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @param address {@code host:port} of this instance for explanations; null while it is unknown */
    public LocalReader(
            ServingStores serving, StreamsRuntime runtime, int partitions, Supplier<@Nullable String> address) {
        this(serving, runtime, partitions, address, WAITING_MAX);
    }

    LocalReader(
            ServingStores serving,
            StreamsRuntime runtime,
            int partitions,
            Supplier<@Nullable String> address,
            int waitingMax) {
        this.waitingMax = waitingMax;
        this.eligibility = new ReadEligibility(serving, runtime, partitions);
        this.address = address;
        this.waits = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "state-waits"));
        this.waits.setRemoveOnCancelPolicy(true);
        this.waits.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query) {
        int partition = partition(counter);
        boolean isNow = query.isNow();
        ReadResult<Total> result = isNow ? TotalRead.inMemory(eligibility, partition, counter) : null;
        if (result != null) {
            return CompletableFuture.completedFuture(result);
        }
        TotalRead read = new TotalRead(eligibility, disk, partition, counter, query.event());
        return isNow ? read.fromDisk() : when(query, read);
    }

    /** Reads the current value of one counter on this thread if it is in memory; otherwise null. Never blocks. */
    public @Nullable ReadResult<Total> readInMemory(CounterName counter) {
        return TotalRead.inMemory(eligibility, partition(counter), counter);
    }

    @Override
    public OptionalInt partitions() {
        return OptionalInt.of(eligibility.partitions());
    }

    @Override
    public CompletionStage<ReadResult<History>> history(CounterName counter, HistoryRange range, ReadQuery query) {
        return when(query, stateRead(partition(counter), state -> state.history(counter.key(), range)));
    }

    @Override
    public CompletionStage<ReadResult<Explanation>> explain(CounterName counter, ReadQuery query) {
        int partition = partition(counter);
        return when(query, stateRead(partition, state -> {
            WrittenState.Read<CounterSnapshot> read = state.counter(counter.key());
            CounterSnapshot found = read.value();
            return new WrittenState.Read<>(read.position(), found == null ? null : explanation(partition, found));
        }));
    }

    @Override
    public CompletionStage<ReadResult<CounterPage>> page(int partition, PageQuery page, ReadQuery query) {
        if (partition < 0 || partition >= eligibility.partitions()) {
            throw new IllegalArgumentException("partition: " + partition);
        }
        return when(query, stateRead(partition, state -> state.page(page)));
    }

    private int partition(CounterName counter) {
        return Placement.partition(counter.key(), eligibility.partitions());
    }

    private <T> StateRead<T> stateRead(int partition, Function<WrittenState, WrittenState.Read<T>> read) {
        return new StateRead<>(eligibility, disk, partition, read);
    }

    private Explanation explanation(int partition, CounterSnapshot counter) {
        return new Explanation(
                counter.total(),
                counter.adds(),
                counter.sets(),
                counter.deletes(),
                counter.duplicates(),
                point(partition, counter.firstOffset(), counter.firstTime()),
                point(partition, counter.lastOffset(), counter.lastTime()),
                address.get());
    }

    private static Explanation.Point point(int partition, long offset, long time) {
        return new Explanation.Point(new Receipt(partition, offset), Instant.ofEpochMilli(time));
    }

    /** Reads when the conditions of the query are met and the answer can include everything that the read must reflect. */
    private <T> CompletionStage<ReadResult<T>> when(ReadQuery query, PartitionRead<T> read) {
        if (query.after().partitionMax() >= eligibility.partitions()) {
            String detail =
                    query.after() + ": there is no partition " + query.after().partitionMax();
            return CompletableFuture.completedFuture(
                    new ReadResult.NotReached<>(ReadResult.Why.NO_SUCH_PARTITION, detail));
        }
        ServingStores.Lease lease = eligibility.lease(read.partition());
        if (lease == null) {
            return CompletableFuture.completedFuture(eligibility.elsewhere(read.partition()));
        }
        Receipt target = target(query, read, lease.view());
        if (!query.committed() && (target == null || read.position(lease.view()).offset() >= target.offset())) {
            return reflecting(target, read);
        }
        ReadResult<T> refusal = query.isNow() ? eligibility.refusal(read.partition(), lease) : null;
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(
                    new ReadResult.NotReady<>("already " + waitingMax + " reads wait here"));
        }
        WaitingRead<T> waitingRead = new WaitingRead<>(eligibility.runtime(), waits, read, query, target);
        waitingReads.add(waitingRead);
        var unused = waitingRead.result().whenComplete((done, failure) -> {
            waitingReads.remove(waitingRead);
            waiting.decrementAndGet();
        });
        if (stopped) {
            waitingRead.stop();
        } else {
            waitingRead.start(lease.view());
        }
        return waitingRead.result();
    }

    /** The receipt that the answer must reflect; null for none. */
    private static @Nullable Receipt target(ReadQuery query, PartitionRead<?> read, CounterView view) {
        Receipt after = query.after().of(read.partition());
        long offset = read.offsetMin(view);
        return offset < 0 || (after != null && after.offset() >= offset)
                ? after
                : new Receipt(read.partition(), offset);
    }

    /**
     * Reads the current state, if it reflects the target. The target was applied before this call, but the partition may have
     * been lost and restored from an earlier commit since. Such a state is not returned.
     */
    static <T> CompletionStage<ReadResult<T>> reflecting(@Nullable Receipt target, PartitionRead<T> read) {
        return read.now().thenApply(result -> {
            AsOf asOf = result.statedAsOf();
            return target == null || asOf == null || asOf.reflects(target)
                    ? result
                    : new ReadResult.NotReady<>(
                            "partition " + read.partition() + " was restored to an offset before " + target);
        });
    }

    /** The number of waiting reads. */
    public int waiting() {
        return waiting.get();
    }

    /** Ends the reads that wait now, as not ready: they are to be made elsewhere. */
    public void endWaits() {
        waitingReads.forEach(WaitingRead::stop);
    }

    /** Ends all waiting reads, and all later reads that would wait, as not ready. */
    public void stopWaiting() {
        stopped = true;
        waitingReads.forEach(WaitingRead::stop);
    }

    /** Waits for the reads in progress. Reads that wait for an event were woken when counting stopped. */
    @Override
    public void close() {
        waits.shutdown();
        disk.close();
    }
}
