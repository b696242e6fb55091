package dev.tally.streams.read;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult;
import dev.tally.streams.state.CounterView;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One kind of read of one partition, as {@link LocalReader} and {@link WaitingRead} go about it.
 *
 * @param <R> what it comes to, an answer or why there is none
 */
interface PartitionRead<R> {
    int partition();

    /** As of when it would be answered now. */
    CounterView.Position position(CounterView view);

    /** The offset that an answer to a read asked for now has to reflect, whatever its query names; -1 for none. */
    long offsetMin(CounterView view);

    /** Waits until it would be answered as of the offset or later, as {@link CounterView#await} does. */
    CounterView.Waiting await(CounterView view, long offset, Runnable wake);

    /** As things are, if this instance can vouch for it. */
    CompletionStage<R> now();

    /** As of when an answer holds; null if it is none. */
    @Nullable
    AsOf asOf(R result);

    /** Instead of an answer. */
    R without(ReadResult why);
}
