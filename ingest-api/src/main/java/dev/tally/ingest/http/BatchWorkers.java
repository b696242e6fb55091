package dev.tally.ingest.http;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that parse large batches, so that no IO thread is blocked for the milliseconds this takes. A body is
 * complete before it is handed over, so a slow client occupies no worker.
 */
public final class BatchWorkers implements AutoCloseable {
    private static final int COUNT_MAX = 4;
    private static final int WAITING_MAX = 32;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final int waitingMax;

    /**
     * @param count the number of threads
     * @param waitingMax the maximum of queued batches; a further one is refused
     */
    public BatchWorkers(int count, int waitingMax) {
        AtomicInteger number = new AtomicInteger();
        this.waitingMax = waitingMax;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                task -> new Thread(task, "tally-ingest-batch-" + number.incrementAndGet()));
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
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED,
                    "Already " + waitingMax + " batches wait to be read; nothing was recorded");
        }
    }

    /** The number of queued batches. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Finishes the queued batches, in bounded time. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
