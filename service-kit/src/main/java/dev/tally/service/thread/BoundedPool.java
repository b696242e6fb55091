package dev.tally.service.thread;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded number of threads with a bounded queue, for work that blocks or computes too long for an IO thread. Threads start
 * with the first tasks and end after a minute without any. Thread-safe.
 */
public final class BoundedPool implements AutoCloseable {
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor executor;

    /**
     * @param name the threads are named {@code name-1}, {@code name-2}, …
     * @param threadsMax the maximum number of threads
     * @param queuedMax the maximum number of tasks that wait for a thread
     */
    public BoundedPool(String name, int threadsMax, int queuedMax) {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threadsMax,
                threadsMax,
                IDLE_MAX.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(queuedMax),
                task -> new Thread(task, name + "-" + number.incrementAndGet()));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs a task on a thread of the pool. Returns false, and does not run it, if the queue is full or the pool is closed. */
    public boolean offer(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** The number of tasks that wait for a thread. */
    public int queued() {
        return executor.getQueue().size();
    }

    public boolean isClosed() {
        return executor.isShutdown();
    }

    /** Finishes the tasks in progress and in the queue, and interrupts those that take longer than 5 s. Idempotent. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
