package dev.tally.streams.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.Fate;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.runtime.LogEnd;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.CounterSnapshot;
import dev.tally.streams.state.CounterView;
import dev.tally.streams.state.ServingStores;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Reads counters out of the state that this instance owns: from memory on the caller's thread, from disk on threads of
 * its own. The one place where Kafka's ways of saying "not now" become {@link ReadResult.NotReady}.
 *
 * <p>An answer is given only if this instance served the partition and was a member of its group, both before the read and
 * after it: a partition that went in between was perhaps read while its state was being forgotten.
 */
public final class LocalReader implements CounterReader, AutoCloseable {
    private static final int DISK_THREADS = 2;
    private static final int DISK_READS_WAITING_MAX = 1_000;
    private static final int CLOSE_SECONDS = 5;
    private static final int WAITING_MAX = 4_000;

    private final ServingStores serving;
    private final StreamsRuntime runtime;
    private final int partitions;
    private final ThreadPoolExecutor disk;
    private final ScheduledThreadPoolExecutor waits;
    private final AtomicInteger waiting = new AtomicInteger();

    public LocalReader(ServingStores serving, StreamsRuntime runtime, int partitions) {
        this.serving = serving;
        this.runtime = runtime;
        this.partitions = partitions;
        this.disk = new ThreadPoolExecutor(
                DISK_THREADS,
                DISK_THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(DISK_READS_WAITING_MAX),
                task -> new Thread(task, "state-reader"));
        this.disk.allowCoreThreadTimeOut(true);
        this.waits = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "state-waits"));
        this.waits.setRemoveOnCancelPolicy(true);
        this.waits.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public CompletionStage<ReadResult> read(CounterName counter, ReadQuery query) {
        int partition = Placement.partition(counter.key(), partitions);
        return query.isNow() ? readNow(counter, partition, null) : readWhen(counter, partition, query);
    }

    /** Once the query is fulfilled. */
    private CompletionStage<ReadResult> readWhen(CounterName counter, int partition, ReadQuery query) {
        if (query.after().partitionMax() >= partitions) {
            return CompletableFuture.completedFuture(new ReadResult.NotReached(
                    ReadResult.Why.NO_SUCH_PARTITION,
                    query.after() + ": there is no partition " + query.after().partitionMax()));
        }
        ServingStores.Lease lease = serving.lease(partition);
        if (lease == null) {
            return CompletableFuture.completedFuture(elsewhere(partition));
        }
        Receipt target = query.after().of(partition);
        if (!query.committed() && (target == null || lease.view().position().offset() >= target.offset())) {
            return readAfter(counter, partition, target, query.event());
        }
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(
                    new ReadResult.NotReady("already " + WAITING_MAX + " reads wait here"));
        }
        WaitingRead read = new WaitingRead(this, waits, counter, partition, query, target);
        var unused = read.result().whenComplete((done, failure) -> waiting.decrementAndGet());
        read.start(lease.view());
        return read.result();
    }

    /**
     * As things are, if that reflects the target, which was seen to be applied. Between then and the read the partition may
     * have been lost and restored from an earlier commit: such a state is not what was waited for.
     */
    CompletionStage<ReadResult> readAfter(
            CounterName counter, int partition, @Nullable Receipt target, ReadQuery.@Nullable Event event) {
        return readNow(counter, partition, event).thenApply(read -> {
            AsOf asOf = read.statedAsOf();
            return asOf == null || asOf.reflects(target)
                    ? read
                    : new ReadResult.NotReady("partition " + partition + " was restored to before " + target);
        });
    }

    /** As things are. */
    private CompletionStage<ReadResult> readNow(CounterName counter, int partition, ReadQuery.@Nullable Event event) {
        ServingStores.Lease lease = serving.lease(partition);
        if (lease == null) {
            return CompletableFuture.completedFuture(elsewhere(partition));
        }
        if (!runtime.isMember()) {
            return CompletableFuture.completedFuture(notMember());
        }
        CounterView.Position position = lease.view().position();
        CounterSnapshot inMemory = event == null ? lease.view().inMemory(counter.key()) : null;
        if (inMemory != null) {
            return CompletableFuture.completedFuture(answer(partition, lease, position, inMemory, null));
        }
        return readFromDisk(counter, partition, lease, position, event);
    }

    StreamsRuntime runtime() {
        return runtime;
    }

    /** How many reads wait. */
    public int waiting() {
        return waiting.get();
    }

    private CompletionStage<ReadResult> readFromDisk(
            CounterName counter,
            int partition,
            ServingStores.Lease lease,
            CounterView.Position position,
            ReadQuery.@Nullable Event event) {
        CompletableFuture<ReadResult> result = new CompletableFuture<>();
        try {
            disk.execute(() -> {
                try {
                    CounterSnapshot read = lease.view().read(counter.key());
                    result.complete(answer(partition, lease, position, read, fate(counter, lease.view(), event)));
                } catch (InvalidStateStoreException e) {
                    result.complete(elsewhere(partition));
                } catch (RuntimeException | Error e) {
                    result.complete(new ReadResult.NotReady("the state could not be read: " + e.getMessage()));
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            result.complete(new ReadResult.NotReady(
                    disk.isShutdown() ? "this instance is stopping" : "too many reads are waiting for the disk"));
        }
        return result;
    }

    private static @Nullable Fate fate(CounterName counter, CounterView view, ReadQuery.@Nullable Event event) {
        if (event == null) {
            return null;
        }
        String id = event.id();
        return view.fate(
                counter.key(), event.receipt().offset(), id == null ? null : id.getBytes(StandardCharsets.UTF_8));
    }

    /** @param position the mark, taken before the counter was read */
    private ReadResult answer(
            int partition,
            ServingStores.Lease lease,
            CounterView.Position position,
            @Nullable CounterSnapshot counter,
            @Nullable Fate fate) {
        if (!serving.holds(lease)) {
            return elsewhere(partition);
        }
        if (!runtime.isMember()) {
            return notMember();
        }
        if (counter == null) {
            return new ReadResult.Unknown(asOf(partition, position.offset(), position.logTime()), fate);
        }
        // An event may have been applied between the mark and the counter: the later of the two is what was read.
        AsOf asOf = counter.lastOffset() > position.offset()
                ? asOf(partition, counter.lastOffset(), counter.lastTime())
                : asOf(partition, position.offset(), position.logTime());
        return counter.exists()
                ? new ReadResult.Found(counter.total(), Instant.ofEpochMilli(counter.lastTime()), asOf, fate)
                : new ReadResult.Unknown(asOf, fate);
    }

    private AsOf asOf(int partition, long offset, long logTime) {
        LogEnd.Ends ends = runtime.logEnd();
        boolean empty = offset < 0;
        return new AsOf(
                empty ? null : new Receipt(partition, offset),
                empty ? null : Instant.ofEpochMilli(logTime),
                ends == null ? null : ends.lag(partition, offset),
                AsOf.Role.ACTIVE,
                ends == null ? Instant.now() : ends.checkedAt());
    }

    private ReadResult elsewhere(int partition) {
        String owner = runtime.owners().other(partition);
        return owner == null
                ? new ReadResult.NotReady(
                        "partition " + partition + " is being assigned or restored: " + runtime.condition())
                : new ReadResult.Elsewhere(owner);
    }

    private static ReadResult notMember() {
        return new ReadResult.NotReady("this instance has not heard from Kafka lately and cannot vouch for its state");
    }

    /** Waits for the reads under way: each is a read of one key. Those that wait have been woken when the fold stopped. */
    @Override
    public void close() {
        waits.shutdown();
        disk.shutdown();
        try {
            if (!disk.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                disk.shutdownNow();
            }
        } catch (InterruptedException e) {
            disk.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
