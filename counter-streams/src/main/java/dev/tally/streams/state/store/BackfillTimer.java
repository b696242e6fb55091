package dev.tally.streams.state.store;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Triggers commits while a namespace of {@link TopIndex} is being backfilled, even if no events arrive. It uses the wall clock,
 * which affects only when the index is complete again; no answer depends on that.
 *
 * <p>For the stream thread that owns the partition.
 */
final class BackfillTimer {
    private static final Duration EVERY = Duration.ofMillis(100);

    private @Nullable Cancellable scheduled;
    private boolean due;

    /**
     * Starts or stops the timer.
     *
     * @param context must have the processor as its current node
     */
    void run(boolean running, ProcessorContext<?, ?> context) {
        if (!running) {
            stop();
        } else if (scheduled == null) {
            // A punctuation makes Kafka Streams commit, which writes the state out.
            scheduled = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, now -> due = true);
        }
    }

    /** Whether the timer fired since the last {@link #takeDue}, so that a commit is due. */
    boolean isDue() {
        return due;
    }

    /** Whether the timer fired since the last call. Resets it. */
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
