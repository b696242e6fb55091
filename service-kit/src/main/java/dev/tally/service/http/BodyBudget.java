package dev.tally.service.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes held in the bodies of all requests together. Thread-safe. */
final class BodyBudget {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    BodyBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Reserves {@code more} bytes. Returns false and reserves nothing if that exceeds the bound. */
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
