package dev.tally.schemas.registry;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that calls a registry. It starts with the first task. A task after the close is dropped. Thread-safe. */
final class RegistryThread implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    RegistryThread() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "schema-registry");
            created.setDaemon(true);
            return created;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @param task never throws */
    void run(Runnable task) {
        runAfter(0, task);
    }

    /** @param task never throws */
    synchronized void runAfter(long millis, Runnable task) {
        if (!executor.isShutdown()) {
            var unused = executor.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    /** Interrupts the task in progress, and does not wait for it. */
    @Override
    public synchronized void close() {
        executor.shutdownNow();
    }
}
