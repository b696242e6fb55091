package dev.tally.streams.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.ids.RememberedId;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a counter's total: from memory on the caller's thread, from disk on another. */
record TotalRead(
        ReadEligibility eligibility,
        DiskReads disk,
        int partition,
        CounterName counter,
        ReadQuery.@Nullable Event event)
        implements PartitionRead<Total> {
    private static final int APPLIED_WAIT_SECONDS = 1;

    @Override
    public CounterView.Position position(CounterView view) {
        return view.position();
    }

    /** No minimum: the total is read from memory, which includes everything that is applied. */
    @Override
    public long offsetMin(CounterView view) {
        return -1;
    }

    @Override
    public CounterView.Waiting await(CounterView view, long offset, Runnable wake) {
        return view.await(offset, wake);
    }

    @Override
    public CompletionStage<ReadResult<Total>> now() {
        ReadResult<Total> result = event == null ? inMemory(eligibility, partition, counter) : null;
        return result == null ? fromDisk() : CompletableFuture.completedFuture(result);
    }

    /** Reads the current total on another thread. */
    CompletionStage<ReadResult<Total>> fromDisk() {
        Lease lease = eligibility.lease(partition);
        ReadResult<Total> refusal = refusal(eligibility, partition, lease);
        if (lease == null || refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        CounterView view = lease.view();
        CounterView.Position position = view.position();
        return disk.read(
                () -> answerApplied(lease, position, view.read(counter.key()), outcome(view)),
                () -> eligibility.elsewhere(partition));
    }

    /** Reads the current total on this thread if memory suffices; otherwise null. Never blocks. */
    static @Nullable ReadResult<Total> inMemory(ReadEligibility eligibility, int partition, CounterName counter) {
        Lease lease = eligibility.lease(partition);
        ReadResult<Total> refusal = refusal(eligibility, partition, lease);
        if (lease == null || refusal != null) {
            return refusal;
        }
        CounterView view = lease.view();
        CounterView.Position position = view.position();
        CounterSnapshot found = view.inMemory(counter.key());
        return found != null && isApplied(found, view)
                ? answer(eligibility, partition, lease, position, found, null)
                : null;
    }

    private static @Nullable ReadResult<Total> refusal(
            ReadEligibility eligibility, int partition, @Nullable Lease lease) {
        return lease == null ? eligibility.elsewhere(partition) : eligibility.refusal(partition, lease);
    }

    /** Every later answer must include what this instance has returned, so an event is not returned while it is being applied. */
    private static boolean isApplied(@Nullable CounterSnapshot counter, CounterView view) {
        return counter == null || counter.lastOffset() <= view.position().offset();
    }

    /** Blocks until the last event that the counter includes is applied. */
    private ReadResult<Total> answerApplied(
            Lease lease,
            CounterView.Position position,
            @Nullable CounterSnapshot counter,
            CounterView.@Nullable CountedEvent counted) {
        CounterView view = lease.view();
        if (counter != null && !isApplied(counter, view)) {
            CountDownLatch applied = new CountDownLatch(1);
            CounterView.Waiting waiting = view.await(counter.lastOffset(), applied::countDown);
            try {
                if (!applied.await(APPLIED_WAIT_SECONDS, TimeUnit.SECONDS)) {
                    return new ReadResult.NotReady<>("an event of this counter is being applied");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new ReadResult.NotReady<>("this instance is stopping");
            } finally {
                waiting.cancel();
            }
        }
        return answer(eligibility, partition, lease, position, counter, counted);
    }

    private CounterView.@Nullable CountedEvent outcome(CounterView view) {
        if (event == null) {
            return null;
        }
        String id = event.id();
        return view.outcome(
                counter.key(),
                event.receipt().offset(),
                event.content(),
                id == null ? null : id.getBytes(StandardCharsets.UTF_8));
    }

    /** @param position the applied offset, taken before the counter was read */
    private static ReadResult<Total> answer(
            ReadEligibility eligibility,
            int partition,
            Lease lease,
            CounterView.Position position,
            @Nullable CounterSnapshot counter,
            CounterView.@Nullable CountedEvent counted) {
        ReadResult<Total> refusal = eligibility.refusal(partition, lease);
        if (refusal != null) {
            return refusal;
        }
        // An event may have been applied between the reads of the applied offset and the counter: the later of the two
        // offsets is the one that was read.
        AsOf asOf = eligibility.asOf(
                partition,
                lease,
                counter != null && counter.lastOffset() > position.offset()
                        ? new CounterView.Position(counter.lastOffset(), counter.lastTime())
                        : position);
        EventOutcome outcome = counted == null ? null : counted.outcome();
        AppliedEvent first = counted == null ? null : first(partition, counted);
        return counter != null && counter.exists()
                ? new ReadResult.Found<>(
                        new Total(counter.total(), Instant.ofEpochMilli(counter.lastTime())), asOf, outcome, first)
                : new ReadResult.Unknown<>(asOf, outcome, first);
    }

    private static @Nullable AppliedEvent first(int partition, CounterView.CountedEvent counted) {
        RememberedId id = counted.first();
        return id == null ? null : new AppliedEvent(new Receipt(partition, id.offset()), id.content());
    }
}
