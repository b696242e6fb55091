package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import java.util.concurrent.CompletionStage;

/** Reads totals from the stores that hold them. Thread-safe. */
public interface CounterReader {
    /**
     * Reads one counter. Never blocks the calling thread. If the answer is in memory, the returned stage is already complete;
     * otherwise a thread of the reader completes it in bounded time. The stage never completes exceptionally: without an
     * answer the result is {@link ReadResult.NotReady}, {@link ReadResult.NotReached} or {@link ReadResult.Elsewhere}. A
     * waiting read occupies no thread. The number of waiting reads is bounded; one more is NotReady immediately.
     */
    CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query);

    /**
     * The same reader, on behalf of one request.
     *
     * @param requestId ASCII letters, digits, {@code .}, {@code _} and {@code -}; identifies the request in the logs of all
     *     processes that the read involves and has no other meaning
     */
    default CounterReader askedBy(String requestId) {
        return this;
    }

    /** Reads the current total of one counter. */
    default CompletionStage<ReadResult<Total>> read(CounterName counter) {
        return read(counter, ReadQuery.NOW);
    }
}
