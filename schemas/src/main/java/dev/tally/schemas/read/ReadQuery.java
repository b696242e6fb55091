package dev.tally.schemas.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a read of one counter is to fulfil.
 *
 * @param after points in the log; the one on the counter's own partition has to be applied before the read
 * @param committed whether the receipt that the read states has to be committed before it is answered
 * @param waitMax how long the two may take, at most {@link #WAIT_MAX}
 * @param event the event whose {@link EventOutcome} is asked for; null if none is. It has to be applied before the read too
 */
public record ReadQuery(
        Receipts after,
        boolean committed,
        Duration waitMax,
        @Nullable Event event) {
    public static final Duration WAIT_DEFAULT = Duration.ofSeconds(2);
    public static final Duration WAIT_MAX = Duration.ofSeconds(30);

    /** As things are, at once. */
    public static final ReadQuery NOW = new ReadQuery(Receipts.NONE, false, Duration.ZERO, null);

    /**
     * An event that was appended.
     *
     * @param content compared with that of the event that applied the id first
     * @param id that it was sent with, if it was
     */
    public record Event(
            Receipt receipt, EventContent content, @Nullable String id) {}

    public ReadQuery {
        if (waitMax.isNegative() || waitMax.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException("waitMax: " + waitMax + " (expected: 0 to " + WAIT_MAX + ")");
        }
    }

    /** Whether there is nothing to wait for and nothing to look up. */
    public boolean isNow() {
        return after.isEmpty() && !committed && event == null;
    }

    /** Reads the counter as soon as an event was dealt with, and asks what became of it. */
    public static ReadQuery outcomeOf(Receipt receipt, EventContent content, @Nullable String id, Duration waitMax) {
        return new ReadQuery(Receipts.of(receipt), false, waitMax, new Event(receipt, content, id));
    }
}
