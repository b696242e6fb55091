package dev.tally.service.http.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes held in the bodies of all requests together. Thread-safe. */
public final class BodyBudget {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    public BodyBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Reserves {@code more} bytes. Returns false and reserves nothing if that exceeds the bound. */
    public boolean take(long more) {
        if (bytes.addAndGet(more) > bytesMax) {
            bytes.addAndGet(-more);
            return false;
        }
        return true;
    }

    public void giveBack(long taken) {
        bytes.addAndGet(-taken);
    }

    public long bytes() {
        return bytes.get();
    }
}
