package dev.tally.streams.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Fate;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.state.CounterSnapshot;
import dev.tally.streams.state.CounterView;
import dev.tally.streams.state.RememberedId;
import dev.tally.streams.state.ServingStores.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a counter's total: from memory on the caller's thread, from disk on another. */
record TotalRead(Standing standing, DiskReads disk, int partition, CounterName counter, ReadQuery.@Nullable Event event)
        implements PartitionRead<ReadResult> {
    @Override
    public CounterView.Position position(CounterView view) {
        return view.position();
    }

    @Override
    public CounterView.Waiting await(CounterView view, long offset, Runnable wake) {
        return view.await(offset, wake);
    }

    @Override
    public CompletionStage<ReadResult> now() {
        Lease lease = standing.lease(partition);
        if (lease == null) {
            return CompletableFuture.completedFuture(standing.elsewhere(partition));
        }
        ReadResult refusal = standing.refusal(partition, lease);
        if (refusal != null) {
            return CompletableFuture.completedFuture(refusal);
        }
        CounterView view = lease.view();
        CounterView.Position position = view.position();
        CounterSnapshot inMemory = event == null ? view.inMemory(counter.key()) : null;
        if (inMemory != null) {
            return CompletableFuture.completedFuture(answer(lease, position, inMemory, null));
        }
        return disk.read(
                () -> answer(lease, position, view.read(counter.key()), outcome(view)),
                () -> standing.elsewhere(partition),
                this::without);
    }

    private CounterView.@Nullable Outcome outcome(CounterView view) {
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

    /** @param position the mark, taken before the counter was read */
    private ReadResult answer(
            Lease lease,
            CounterView.Position position,
            @Nullable CounterSnapshot counter,
            CounterView.@Nullable Outcome outcome) {
        ReadResult refusal = standing.refusal(partition, lease);
        if (refusal != null) {
            return refusal;
        }
        // An event may have been applied between the mark and the counter: the later of the two is what was read.
        AsOf asOf = standing.asOf(
                partition,
                counter != null && counter.lastOffset() > position.offset()
                        ? new CounterView.Position(counter.lastOffset(), counter.lastTime())
                        : position);
        Fate fate = outcome == null ? null : outcome.fate();
        AppliedEvent first = outcome == null ? null : first(outcome);
        return counter != null && counter.exists()
                ? new ReadResult.Found(counter.total(), Instant.ofEpochMilli(counter.lastTime()), asOf, fate, first)
                : new ReadResult.Unknown(asOf, fate, first);
    }

    private @Nullable AppliedEvent first(CounterView.Outcome outcome) {
        RememberedId id = outcome.first();
        return id == null ? null : new AppliedEvent(new Receipt(partition, id.offset()), id.content());
    }

    @Override
    public @Nullable AsOf asOf(ReadResult result) {
        return result.statedAsOf();
    }

    @Override
    public ReadResult without(ReadResult why) {
        return why;
    }
}
