package dev.tally.streams.state;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes commits come while a namespace is being backfilled for members of {@link TopIndex}, though no events do. By the wall
 * clock: it decides when the index is complete again, which no answer depends on.
 *
 * <p>For the stream thread that owns the partition.
 */
final class BackfillTimer {
    private static final Duration EVERY = Duration.ofMillis(100);

    private @Nullable Cancellable scheduled;
    private boolean due;

    /**
     * Runs from now on, or no longer.
     *
     * @param context with the processor as its current node
     */
    void run(boolean running, ProcessorContext<?, ?> context) {
        if (!running) {
            stop();
        } else if (scheduled == null) {
            // A punctuation makes Kafka Streams commit, which writes out the state.
            scheduled = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, now -> due = true);
        }
    }

    /** Whether it went off since {@link #takeDue}: a commit is due. */
    boolean isDue() {
        return due;
    }

    /** Whether it went off since the last time. */
    boolean takeDue() {
        boolean wasDue = due;
        due = false;
        return wasDue;
    }

    void stop() {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
        due = false;
    }
}
