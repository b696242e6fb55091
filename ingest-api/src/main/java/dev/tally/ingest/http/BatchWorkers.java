package dev.tally.ingest.http;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.thread.BoundedPool;

/**
 * The threads that parse large batches, so that no IO thread is blocked for the milliseconds this takes. A body is
 * complete before it is handed over, so a slow client occupies no worker.
 */
public final class BatchWorkers implements AutoCloseable {
    private static final int COUNT_MAX = 4;
    private static final int WAITING_MAX = 32;

    private final BoundedPool threads;
    private final int waitingMax;

    /**
     * @param count the number of threads
     * @param waitingMax the maximum of queued batches; a further one is refused
     */
    public BatchWorkers(int count, int waitingMax) {
        this.waitingMax = waitingMax;
        this.threads = new BoundedPool("tally-ingest-batch", count, waitingMax);
    }

    /**
     * One thread per two processors, at most four. The work is pure computation. More threads contend for the locks of
     * the single producer and take processor time from the threads that read requests and send to Kafka.
     */
    public static BatchWorkers forThisMachine() {
        return new BatchWorkers(countFor(Runtime.getRuntime().availableProcessors()), WAITING_MAX);
    }

    static int countFor(int processors) {
        return Math.max(1, Math.min(COUNT_MAX, processors / 2));
    }

    /** @throws ProblemException {@code overloaded} if the queue is full */
    void run(Runnable work) {
        if (!threads.offer(work)) {
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED, "Already " + waitingMax + " batches are waiting; nothing was recorded");
        }
    }

    /** The number of queued batches. */
    int waiting() {
        return threads.queued();
    }

    /** Finishes the queued batches, in bounded time. */
    @Override
    public void close() {
        threads.close();
    }
}
