package dev.tally.streams.read;

import dev.tally.schemas.read.ReadResult;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Runs reads that may block, on a few dedicated threads with a bounded queue. */
final class DiskReads implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    DiskReads(int threadsMax, int waitingMax) {
        this.threads = new ThreadPoolExecutor(
                threadsMax,
                threadsMax,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(waitingMax),
                task -> new Thread(task, "state-reader"));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Never completes exceptionally.
     *
     * @param closed supplies the result if the store is closed during the read
     */
    <T> CompletionStage<ReadResult<T>> read(Supplier<ReadResult<T>> read, Supplier<ReadResult<T>> closed) {
        CompletableFuture<ReadResult<T>> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(read.get());
                } catch (InvalidStateStoreException e) {
                    result.complete(closed.get());
                } catch (RuntimeException | Error e) {
                    result.complete(new ReadResult.NotReady<>("the state could not be read: " + e.getMessage()));
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            String why = threads.isShutdown() ? "this instance is stopping" : "too many reads are waiting for the disk";
            result.complete(new ReadResult.NotReady<>(why));
        }
        return result;
    }

    /** Waits a few seconds for the reads in progress. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
