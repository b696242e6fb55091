package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import java.util.concurrent.CompletionStage;

/** Reads totals where they are kept. Safe for use by any thread. */
public interface CounterReader {
    /**
     * Reads one counter. Never blocks the calling thread: the stage is complete already when the answer is in memory, and
     * is completed in bounded time, on a thread of the reader's, when it is not. It never completes exceptionally: every
     * way of not having an answer is a {@link ReadResult.NotReady}, {@link ReadResult.NotReached} or
     * {@link ReadResult.Elsewhere}. A read that waits takes no thread; how many may wait is bounded, and one more is
     * NotReady at once.
     */
    CompletionStage<ReadResult> read(CounterName counter, ReadQuery query);

    /**
     * The same reader, on behalf of one request.
     *
     * @param requestId of ASCII letters, digits, {@code .}, {@code _} and {@code -}: names the request in the logs of those
     *     who are asked on its way, and means nothing else
     */
    default CounterReader askedBy(String requestId) {
        return this;
    }

    /** Reads one counter as it is. */
    default CompletionStage<ReadResult> read(CounterName counter) {
        return read(counter, ReadQuery.NOW);
    }
}
