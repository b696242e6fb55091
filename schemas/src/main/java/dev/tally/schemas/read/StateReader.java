package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Reads all that the state holds of counters. Everything that {@link CounterReader} says of its reads holds for these too;
 * what an instance has shown in an answer of one kind is in its later answers of every kind.
 */
public interface StateReader extends CounterReader {
    @Override
    default StateReader askedBy(String requestId) {
        return this;
    }

    /** How many partitions there are; empty while that is unknown. */
    OptionalInt partitions();

    /** What was added to a counter, by the time at which it occurred. The query asks for no event. */
    CompletionStage<Answer<History>> history(CounterName counter, HistoryRange range, ReadQuery query);

    /** Where a counter's total comes from. The query asks for no event. */
    CompletionStage<Answer<Explanation>> explain(CounterName counter, ReadQuery query);

    /** The counters of one partition. The query asks for no event. */
    CompletionStage<Answer<CounterPage>> page(int partition, PageQuery page, ReadQuery query);
}
