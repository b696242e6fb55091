package dev.tally.streams.read;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores.Lease;
import dev.tally.streams.state.serving.WrittenState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads from the written state, when it includes everything that was applied at the time of the request. The answer therefore
 * includes everything that this instance has returned in any earlier answer.
 *
 * @param read blocks; its value is null if the counter does not exist
 */
record StateRead<T>(
        ReadEligibility eligibility, DiskReads disk, int partition, Function<WrittenState, WrittenState.Read<T>> read)
        implements PartitionRead<T> {
    @Override
    public CounterView.Position position(CounterView view) {
        return view.written().position();
    }

    @Override
    public long offsetMin(CounterView view) {
        return view.position().offset();
    }

    @Override
    public CounterView.Waiting await(CounterView view, long offset, Runnable wake) {
        return view.written().await(offset, wake);
    }

    @Override
    public CompletionStage<ReadResult<T>> now() {
        Lease lease = eligibility.lease(partition);
        if (lease == null) {
            return CompletableFuture.completedFuture(eligibility.elsewhere(partition));
        }
        return disk.read(
                () -> answer(lease, read.apply(lease.view().written())), () -> eligibility.elsewhere(partition));
    }

    private ReadResult<T> answer(Lease lease, WrittenState.Read<T> result) {
        ReadResult<T> refusal = eligibility.refusal(partition, lease);
        if (refusal != null) {
            return refusal;
        }
        AsOf asOf = eligibility.asOf(partition, lease, result.position());
        T value = result.value();
        return value == null ? new ReadResult.Unknown<>(asOf) : new ReadResult.Found<>(value, asOf);
    }
}
