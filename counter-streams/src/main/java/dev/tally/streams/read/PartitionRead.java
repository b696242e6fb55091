package dev.tally.streams.read;

import dev.tally.schemas.read.ReadResult;
import dev.tally.streams.state.serving.CounterView;
import java.util.concurrent.CompletionStage;

/**
 * One kind of read of one partition, for {@link LocalReader} and {@link WaitingRead}.
 *
 * @param <T> what is read
 */
interface PartitionRead<T> {
    int partition();

    /** The position as of which the read would be answered now. */
    CounterView.Position position(CounterView view);

    /** The offset that a read received now must reflect, in addition to what its query requires; -1 for none. */
    long offsetMin(CounterView view);

    /** Waits until the read can be answered as of the offset or later, like {@link CounterView#await}. */
    CounterView.Waiting await(CounterView view, long offset, Runnable wake);

    /** Reads the current state, if this instance is eligible to answer. */
    CompletionStage<ReadResult<T>> now();
}
