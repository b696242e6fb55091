package dev.tally.streams.state.store;

import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.digest.DigestRun;
import dev.tally.streams.state.serving.StateDigests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/** A digest from its request to its result. The methods of {@link StateDigests.Pending} are for any thread. */
final class PendingDigest implements StateDigests.Pending {
    private final Digests digests;
    private final DigestRequest request;
    private final Executor reads;
    private final CompletableFuture<DigestResult> result = new CompletableFuture<>();
    private volatile @Nullable DigestRun run;

    PendingDigest(Digests digests, DigestRequest request, Executor reads) {
        this.digests = digests;
        this.request = request;
        this.reads = reads;
    }

    DigestRequest request() {
        return request;
    }

    /** Called when the snapshot is open. */
    void opened(DigestRun opened) {
        run = opened;
    }

    /** Reads the snapshot on another thread. */
    void read() {
        DigestRun opened = run;
        if (opened == null) {
            throw new IllegalStateException("The snapshot is not open");
        }
        try {
            reads.execute(() -> read(opened));
        } catch (RejectedExecutionException e) {
            endBySelf(new DigestResult.NotTaken("no thread is free to read the state"));
        }
    }

    private void read(DigestRun opened) {
        try {
            endBySelf(opened.read());
        } catch (InvalidStateStoreException e) {
            endBySelf(new DigestResult.NotServed()); // the store was closed
        } catch (RuntimeException | Error e) {
            endBySelf(new DigestResult.NotTaken("the state could not be read: " + e));
            throw e;
        }
    }

    private void endBySelf(DigestResult outcome) {
        digests.ended(this);
        end(outcome);
    }

    /** Closes the iterators and completes the result, if it is not complete. */
    void end(DigestResult outcome) {
        DigestRun opened = run;
        if (opened != null) {
            opened.close();
        }
        result.complete(outcome);
    }

    @Override
    public CompletionStage<DigestResult> result() {
        return result.minimalCompletionStage();
    }

    @Override
    public void lastRecordIs(long offset) {
        digests.lastRecordIs(this, offset);
    }

    @Override
    public void cancel() {
        endBySelf(new DigestResult.NotTaken("it was cancelled"));
    }
}
