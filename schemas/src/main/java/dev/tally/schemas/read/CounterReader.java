package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import java.util.concurrent.CompletionStage;

/** Reads totals where they are kept. Safe for use by any thread. */
public interface CounterReader {
    /**
     * Reads one counter. Never blocks the calling thread: the stage is complete already when the answer is in memory, and
     * is completed in bounded time, on a thread of the reader's, when it is not. It never completes exceptionally: every
     * way of not having an answer is a {@link ReadResult.NotReady} or a {@link ReadResult.Elsewhere}.
     */
    CompletionStage<ReadResult> read(CounterName counter);
}
