package dev.tally.streams.runtime;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream thread's pause before a poll, which any other thread can end. That thread first makes {@code unwanted} true and then
 * calls {@link #end}. Either the stream thread sees {@code unwanted}, or {@link #end} ends its pause.
 */
final class PollPause {
    /** The stream thread while it pauses; otherwise null. */
    private volatile @Nullable Thread paused;

    private volatile boolean ended;

    /**
     * Waits until the time is over, {@link #end} is called, or the thread is interrupted. Does not wait if {@code unwanted} is
     * true. Stream thread only.
     *
     * @param unwanted checked once, when {@link #end} already takes effect
     */
    void await(long nanos, BooleanSupplier unwanted) {
        ended = false;
        paused = Thread.currentThread();
        try {
            if (unwanted.getAsBoolean()) {
                return;
            }
            long began = System.nanoTime();
            long left = nanos;
            while (left > 0 && !ended && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, left);
                left = nanos - (System.nanoTime() - began);
            }
        } finally {
            paused = null;
        }
    }

    /** Ends the current pause, if there is one. Never blocks. */
    void end() {
        Thread thread = paused;
        if (thread != null) {
            ended = true;
            LockSupport.unpark(thread);
        }
    }
}
