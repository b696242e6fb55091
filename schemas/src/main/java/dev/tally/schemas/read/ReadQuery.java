package dev.tally.schemas.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a read of one counter.
 *
 * @param after receipts; the one on the counter's own partition has to be applied before the read
 * @param committed whether the receipt stated in the answer has to be committed before the read is answered
 * @param waitMax maximum time to wait for both, at most {@link #WAIT_MAX}
 * @param event the event whose {@link EventOutcome} is requested, or null. It has to be processed before the read too
 */
public record ReadQuery(
        Receipts after,
        boolean committed,
        Duration waitMax,
        @Nullable Event event) {
    public static final Duration WAIT_DEFAULT = Duration.ofSeconds(2);
    public static final Duration WAIT_MAX = Duration.ofSeconds(30);

    /** Reads the current state without waiting. */
    public static final ReadQuery NOW = new ReadQuery(Receipts.NONE, false, Duration.ZERO, null);

    /**
     * An event that was appended.
     *
     * @param content compared with the content of the event that first applied the id
     * @param id the id that it was sent with; null if it had none
     */
    public record Event(
            Receipt receipt, EventContent content, @Nullable String id) {}

    public ReadQuery {
        if (waitMax.isNegative() || waitMax.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException("waitMax: " + waitMax + " (expected: 0 to " + WAIT_MAX + ")");
        }
    }

    /** Whether the read has no condition to wait for and no event to look up. */
    public boolean isNow() {
        return after.isEmpty() && !committed && event == null;
    }

    /** The same query after a part of its wait: what is left of the wait, which may be nothing. */
    public ReadQuery afterWaiting(long nanos) {
        if (waitMax.isZero()) {
            return this;
        }
        Duration left = waitMax.minusNanos(nanos);
        return new ReadQuery(after, committed, left.isNegative() ? Duration.ZERO : left, event);
    }

    /** Reads the counter as soon as an event has been processed, and requests its outcome. */
    public static ReadQuery outcomeOf(Receipt receipt, EventContent content, @Nullable String id, Duration waitMax) {
        return new ReadQuery(Receipts.of(receipt), false, waitMax, new Event(receipt, content, id));
    }
}
