package dev.tally.streams.state.serving;

import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Takes digests of a partition's state as of exactly one record, while counting continues. The stream thread only opens a snapshot
 * when it reaches that record; another thread reads it. Thread-safe.
 */
public interface StateDigests {
    /**
     * Requests the digest as of the last record at or before an offset. It is taken when that offset is applied, or before the
     * first record beyond it is processed. A partition has at most one digest at a time: another request is refused until the
     * result of the first is complete.
     *
     * @param reads runs the read of the snapshot, which blocks; if it throws
     *     {@link java.util.concurrent.RejectedExecutionException}, the digest is not taken
     */
    Pending at(DigestRequest request, Executor reads);

    /** A requested digest. */
    interface Pending {
        /**
         * Never completes exceptionally. It may complete on the stream thread, so dependent actions must not block.
         */
        CompletionStage<DigestResult> result();

        /**
         * States that the log has no record after {@code offset} up to the requested offset, so that the digest is taken when this
         * offset is applied. Otherwise the digest waits for the first record beyond, which may never come: the offsets at the end
         * of a log can belong to transaction markers.
         */
        void lastRecordIs(long offset);

        /** Ends the request, if it is not complete, as not taken. */
        void cancel();
    }
}
