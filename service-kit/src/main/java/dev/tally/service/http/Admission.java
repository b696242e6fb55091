package dev.tally.service.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests being worked on, refuses those beyond the bound, and lets a shutdown wait for the last. Safe for use
 * by any thread.
 */
final class Admission {
    /** Requests of those who watch the process have a small bound of their own, so that load cannot lock them out. */
    private static final int OPERATIONAL_MAX = 64;

    private final int ordinaryMax;
    private final AtomicInteger ordinary = new AtomicInteger();
    private final AtomicInteger operational = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean closing;

    Admission(int ordinaryMax) {
        this.ordinaryMax = ordinaryMax;
    }

    /** @throws ProblemException if there is no room, or no longer any; nothing is counted then */
    void enter(boolean isOperational) {
        AtomicInteger count = isOperational ? operational : ordinary;
        int now = count.incrementAndGet();
        if (closing && !isOperational) {
            leave(false);
            throw new ProblemException(ErrorCode.SHUTTING_DOWN, "This process is shutting down; nothing was recorded");
        }
        int max = isOperational ? OPERATIONAL_MAX : ordinaryMax;
        if (now > max) {
            leave(isOperational);
            throw new ProblemException(
                    ErrorCode.OVERLOADED, "Already working on " + max + " requests; nothing was recorded");
        }
    }

    void leave(boolean isOperational) {
        int left = (isOperational ? operational : ordinary).decrementAndGet();
        if (closing && !isOperational && left == 0) {
            drained.countDown();
        }
    }

    int inFlight() {
        return ordinary.get();
    }

    boolean isClosing() {
        return closing;
    }

    /** Admits no more, and waits until the last has left. False if that took too long. */
    boolean close(Duration deadline) throws InterruptedException {
        closing = true;
        if (ordinary.get() == 0) {
            return true;
        }
        return drained.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
}
