package dev.tally.streams.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.runtime.LogEnd;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.CounterSnapshot;
import dev.tally.streams.state.CounterView;
import dev.tally.streams.state.ServingStores;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    private final ServingStores serving;
    private final StreamsRuntime runtime;
    private final int partitions;
    private final ThreadPoolExecutor disk;

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
    }

    @Override
    public CompletionStage<ReadResult> read(CounterName counter) {
        int partition = Placement.partition(counter.key(), partitions);
        ServingStores.Lease lease = serving.lease(partition);
        if (lease == null) {
            return CompletableFuture.completedFuture(elsewhere(partition));
        }
        if (!runtime.isMember()) {
            return CompletableFuture.completedFuture(notMember());
        }
        CounterView.Position position = lease.view().position();
        CounterSnapshot inMemory = lease.view().inMemory(counter.key());
        if (inMemory != null) {
            return CompletableFuture.completedFuture(answer(partition, lease, position, inMemory));
        }
        return readFromDisk(counter, partition, lease, position);
    }

    private CompletionStage<ReadResult> readFromDisk(
            CounterName counter, int partition, ServingStores.Lease lease, CounterView.Position position) {
        CompletableFuture<ReadResult> result = new CompletableFuture<>();
        try {
            disk.execute(() -> {
                try {
                    result.complete(
                            answer(partition, lease, position, lease.view().read(counter.key())));
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

    /** @param position the mark, taken before the counter was read */
    private ReadResult answer(
            int partition,
            ServingStores.Lease lease,
            CounterView.Position position,
            @Nullable CounterSnapshot counter) {
        if (!serving.holds(lease)) {
            return elsewhere(partition);
        }
        if (!runtime.isMember()) {
            return notMember();
        }
        if (counter == null) {
            return new ReadResult.Unknown(asOf(partition, position.offset(), position.logTime()));
        }
        // An event may have been applied between the mark and the counter: the later of the two is what was read.
        AsOf asOf = counter.lastOffset() > position.offset()
                ? asOf(partition, counter.lastOffset(), counter.lastTime())
                : asOf(partition, position.offset(), position.logTime());
        return counter.exists()
                ? new ReadResult.Found(counter.total(), Instant.ofEpochMilli(counter.lastTime()), asOf)
                : new ReadResult.Unknown(asOf);
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

    /** Waits for the reads under way: each is a read of one key. */
    @Override
    public void close() {
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
