package dev.tally.streams.read;

import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores.Lease;
import dev.tally.streams.state.serving.WrittenState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the written state, when it includes everything that was applied at the time of the request. The answer therefore
 * includes everything that this instance has returned in any earlier answer.
 *
 * @param read blocks; its value is null if the counter does not exist
 */
record StateRead<T>(
        ReadEligibility eligibility, DiskReads disk, int partition, Function<WrittenState, WrittenState.Read<T>> read)
        implements PartitionRead<Answer<T>> {
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
    public CompletionStage<Answer<T>> now() {
        Lease lease = eligibility.lease(partition);
        if (lease == null) {
            return CompletableFuture.completedFuture(without(eligibility.elsewhere(partition)));
        }
        return disk.read(
                () -> answer(lease, read.apply(lease.view().written())),
                () -> eligibility.elsewhere(partition),
                this::without);
    }

    private Answer<T> answer(Lease lease, WrittenState.Read<T> result) {
        ReadResult refusal = eligibility.refusal(partition, lease);
        if (refusal != null) {
            return without(refusal);
        }
        AsOf asOf = eligibility.asOf(partition, lease, result.position());
        T value = result.value();
        return value == null ? without(new ReadResult.Unknown(asOf)) : new Answer.Given<>(value, asOf);
    }

    @Override
    public @Nullable AsOf asOf(Answer<T> answer) {
        if (answer instanceof Answer.Given<T> given) {
            return given.asOf();
        }
        return answer instanceof Answer.Missing<T> missing ? missing.why().statedAsOf() : null;
    }

    @Override
    public Answer<T> without(ReadResult why) {
        return new Answer.Missing<>(why);
    }
}
