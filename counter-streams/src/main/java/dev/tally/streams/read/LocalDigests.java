package dev.tally.streams.read;

import dev.tally.service.thread.BoundedPool;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.StateDigests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes digests of the partitions that this instance serves, on one thread of low priority: a digest reads a whole partition and
 * must not delay counting or reads. Thread-safe.
 */
public final class LocalDigests implements AutoCloseable {
    private static final int THREADS = 1;
    /** Bounds the snapshots that wait for the thread, each of which keeps files of its store. */
    private static final int WAITING_MAX = 100;

    private final ServingStores serving;
    private final BoundedPool threads = new BoundedPool("state-digest", THREADS, WAITING_MAX);

    public LocalDigests(ServingStores serving) {
        this.serving = serving;
    }

    /** Requests a digest, see {@link StateDigests#at}. */
    public StateDigests.Pending at(int partition, DigestRequest request) {
        ServingStores.Lease lease = serving.lease(partition);
        return lease == null ? new NotServed() : lease.view().digests().at(request, this::run);
    }

    @SuppressWarnings("ThreadPriorityCheck") // only a hint
    private void run(Runnable read) {
        boolean accepted = threads.offer(() -> {
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            read.run();
        });
        if (!accepted) {
            throw new RejectedExecutionException("too many digests, or this instance is stopping");
        }
    }

    /** Waits a few seconds for the digests in progress. */
    @Override
    public void close() {
        threads.close();
    }

    private record NotServed() implements StateDigests.Pending {
        @Override
        public CompletionStage<DigestResult> result() {
            return CompletableFuture.completedFuture(new DigestResult.NotServed());
        }

        @Override
        public void lastRecordIs(long offset) {}

        @Override
        public void cancel() {}
    }
}
