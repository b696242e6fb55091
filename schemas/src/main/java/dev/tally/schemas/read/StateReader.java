package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Reads everything that the state holds about counters. The guarantees of {@link CounterReader} hold for these reads too.
 * An event reflected in one answer of an instance is reflected in all its later answers, of every kind.
 */
public interface StateReader extends CounterReader {
    @Override
    default StateReader askedBy(String requestId) {
        return this;
    }

    /** The number of partitions; empty if unknown. */
    OptionalInt partitions();

    /** Reads a counter's history. The query must not request an event. */
    CompletionStage<ReadResult<History>> history(CounterName counter, HistoryRange range, ReadQuery query);

    /** Reads a counter's explanation. The query must not request an event. */
    CompletionStage<ReadResult<Explanation>> explain(CounterName counter, ReadQuery query);

    /** Reads the counters of one partition. The query must not request an event. */
    CompletionStage<ReadResult<CounterPage>> page(int partition, PageQuery page, ReadQuery query);
}
