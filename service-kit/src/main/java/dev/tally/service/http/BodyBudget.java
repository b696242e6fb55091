package dev.tally.service.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the bodies of all requests together may hold. Safe for use by any thread. */
final class BodyBudget {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    BodyBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Takes so many bytes; false, and nothing taken, if that would be too many. */
    boolean take(long more) {
        if (bytes.addAndGet(more) > bytesMax) {
            bytes.addAndGet(-more);
            return false;
        }
        return true;
    }

    void giveBack(long taken) {
        bytes.addAndGet(-taken);
    }

    long bytes() {
        return bytes.get();
    }
}
