package dev.tally.standalone;

import dev.tally.service.health.HealthCheck;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits, on a separate thread, until every check of the process is ready for the first time. */
final class Readiness implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 20;

    private final List<HealthCheck> checks;
    private final CompletableFuture<Void> ready;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Readiness(List<HealthCheck> checks, CompletableFuture<Void> ready) {
        this.checks = List.copyOf(checks);
        this.ready = ready;
    }

    /** @param ready completed when every check is ready, on the watching thread; cancelled if this is closed before */
    static Readiness watch(List<HealthCheck> checks, CompletableFuture<Void> ready) {
        Readiness readiness = new Readiness(checks, ready);
        Thread thread = new Thread(readiness::look, "tally-readiness");
        thread.setDaemon(true);
        thread.start();
        return readiness;
    }

    @Override
    public void close() {
        closed.countDown();
        ready.cancel(false);
    }

    private void look() {
        try {
            while (!closed.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                if (checks.stream().allMatch(check -> check.check().get().ready())) {
                    ready.complete(null);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
