package dev.tally.streams.runtime;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream thread's pause before a poll, which any other thread can end. Who wants no pause first makes {@code unwanted} true and
 * then calls {@link #end}: either the thread sees the one, or it hears the other.
 */
final class PollPause {
    /** Null while it does not pause. */
    private volatile @Nullable Thread paused;

    private volatile boolean ended;

    /**
     * Waits, unless that is unwanted, until the time is over, it is ended, or the thread is interrupted. Stream thread only.
     *
     * @param unwanted looked at once, when {@link #end} is heard already
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

    /** Ends the pause, if there is one. Never blocks. */
    void end() {
        Thread thread = paused;
        if (thread != null) {
            ended = true;
            LockSupport.unpark(thread);
        }
    }
}
