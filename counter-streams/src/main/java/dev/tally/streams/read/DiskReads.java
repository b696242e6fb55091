package dev.tally.streams.read;

import dev.tally.schemas.read.ReadResult;
import dev.tally.service.thread.BoundedPool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Runs reads that may block, on a few dedicated threads with a bounded queue. */
final class DiskReads implements AutoCloseable {
    private final BoundedPool threads;

    DiskReads(int threadsMax, int waitingMax) {
        this.threads = new BoundedPool("state-reader", threadsMax, waitingMax);
    }

    /**
     * Never completes exceptionally.
     *
     * @param closed supplies the result if the store is closed during the read
     */
    <T> CompletionStage<ReadResult<T>> read(Supplier<ReadResult<T>> read, Supplier<ReadResult<T>> closed) {
        CompletableFuture<ReadResult<T>> result = new CompletableFuture<>();
        boolean accepted = threads.offer(() -> {
            try {
                result.complete(read.get());
            } catch (InvalidStateStoreException e) {
                result.complete(closed.get());
            } catch (RuntimeException | Error e) {
                result.complete(new ReadResult.NotReady<>("the state could not be read: " + e.getMessage()));
                throw e;
            }
        });
        if (!accepted) {
            String why = threads.isClosed() ? "this instance is stopping" : "too many reads are waiting for the disk";
            result.complete(new ReadResult.NotReady<>(why));
        }
        return result;
    }

    /** Waits a few seconds for the reads in progress. */
    @Override
    public void close() {
        threads.close();
    }
}
