package dev.tally.service.http;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts in-flight requests, rejects those beyond the bound, and lets a shutdown wait for the last one. Thread-safe. */
final class Admission {
    /** The bound of operational requests (monitoring). It is separate, so that load on ordinary routes cannot starve them. */
    private static final int OPERATIONAL_MAX = 64;

    private final int ordinaryMax;
    private final AtomicInteger ordinary = new AtomicInteger();
    private final AtomicInteger operational = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean closing;

    Admission(int ordinaryMax) {
        this.ordinaryMax = ordinaryMax;
    }

    /** @throws ProblemException if the bound is reached or the server is closing; the request is not counted then */
    void enter(Route.Kind kind) {
        switch (kind) {
            case ORDINARY -> enterOrdinary();
            case OPERATIONAL -> {
                if (operational.incrementAndGet() > OPERATIONAL_MAX) {
                    operational.decrementAndGet();
                    throw overloaded(OPERATIONAL_MAX);
                }
            }
            case HEALTH -> {}
        }
    }

    private void enterOrdinary() {
        int now = ordinary.incrementAndGet();
        if (closing) {
            leave(Route.Kind.ORDINARY);
            throw new ProblemException(
                    HttpErrorCode.SHUTTING_DOWN, "This process is shutting down; nothing was recorded");
        }
        if (now > ordinaryMax) {
            leave(Route.Kind.ORDINARY);
            throw overloaded(ordinaryMax);
        }
    }

    private static ProblemException overloaded(int max) {
        return new ProblemException(
                HttpErrorCode.OVERLOADED, "Too many requests in flight (limit " + max + "); nothing was recorded");
    }

    void leave(Route.Kind kind) {
        switch (kind) {
            case ORDINARY -> {
                if (ordinary.decrementAndGet() == 0 && closing) {
                    drained.countDown();
                }
            }
            case OPERATIONAL -> operational.decrementAndGet();
            case HEALTH -> {}
        }
    }

    int inFlight() {
        return ordinary.get();
    }

    boolean isClosing() {
        return closing;
    }

    /** Stops admitting requests and waits until none is in flight. Returns false if the deadline passes first. */
    boolean close(Duration deadline) throws InterruptedException {
        closing = true;
        if (ordinary.get() == 0) {
            return true;
        }
        return drained.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
}
