package dev.tally.ingest.http;

import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read large batches, so that no IO thread is away for the milliseconds this takes. Their bodies are whole
 * by then: a slow client holds none of them.
 */
public final class BatchWorkers implements AutoCloseable {
    private static final int COUNT_MAX = 4;
    private static final int WAITING_MAX = 32;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final int waitingMax;

    /**
     * @param count how many threads
     * @param waitingMax how many batches may wait for one of them; one more is refused
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
     * One thread for every two processors, at most four. The work is pure computation, and more threads than that wait for
     * the locks of the one producer, and take the processors from the threads that read requests and send to Kafka.
     */
    public static BatchWorkers forThisMachine() {
        return new BatchWorkers(countFor(Runtime.getRuntime().availableProcessors()), WAITING_MAX);
    }

    static int countFor(int processors) {
        return Math.max(1, Math.min(COUNT_MAX, processors / 2));
    }

    /** @throws ProblemException {@code overloaded} if too many batches wait already */
    void run(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw new ProblemException(
                    ErrorCode.OVERLOADED, "Already " + waitingMax + " batches wait to be read; nothing was recorded");
        }
    }

    /** How many batches wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Finishes what is waiting, in bounded time. */
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
