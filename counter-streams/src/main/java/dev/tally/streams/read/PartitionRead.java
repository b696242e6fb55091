package dev.tally.streams.read;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult;
import dev.tally.streams.state.serving.CounterView;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One kind of read of one partition, for {@link LocalReader} and {@link WaitingRead}.
 *
 * @param <R> the result: an answer, or the reason why there is none
 */
interface PartitionRead<R> {
    int partition();

    /** The position as of which the read would be answered now. */
    CounterView.Position position(CounterView view);

    /** The offset that a read received now must reflect, in addition to what its query requires; -1 for none. */
    long offsetMin(CounterView view);

    /** Waits until the read can be answered as of the offset or later, like {@link CounterView#await}. */
    CounterView.Waiting await(CounterView view, long offset, Runnable wake);

    /** Reads the current state, if this instance is eligible to answer. */
    CompletionStage<R> now();

    /** The position as of which an answer holds; null if the result is not an answer. */
    @Nullable
    AsOf asOf(R result);

    /** The result for a read without an answer. */
    R without(ReadResult why);
}
