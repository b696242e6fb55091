package dev.tally.schemas.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a read of one counter. Unknown, not ready, elsewhere and a total of zero are four different results; none
 * is ever converted into another.
 */
public sealed interface ReadResult {
    /**
     * @param total the exact count of the counter's partition up to {@code asOf.receipt}
     * @param updatedAt the stream time of the last event that changed it
     * @param outcome the outcome of the requested event; null if none was requested
     * @param first the event that first applied the id, if the outcome is ID_REUSED; else null
     */
    record Found(
            long total,
            Instant updatedAt,
            AsOf asOf,
            @Nullable EventOutcome outcome,
            @Nullable AppliedEvent first) implements ReadResult {
        public Found {
            requireFirst(outcome, first);
        }

        /** The result of a read that requested the outcome of an event whose id was not reused. */
        public Found(long total, Instant updatedAt, AsOf asOf, @Nullable EventOutcome outcome) {
            this(total, updatedAt, asOf, outcome, null);
        }

        /** The result of a read that requested no outcome. */
        public Found(long total, Instant updatedAt, AsOf asOf) {
            this(total, updatedAt, asOf, null, null);
        }
    }

    /**
     * The counter did not exist as of {@code asOf.receipt}.
     *
     * @param outcome the outcome of the requested event; null if none was requested
     * @param first the event that first applied the id, if the outcome is ID_REUSED; else null
     */
    record Unknown(
            AsOf asOf,
            @Nullable EventOutcome outcome,
            @Nullable AppliedEvent first) implements ReadResult {
        public Unknown {
            requireFirst(outcome, first);
        }

        /** The result of a read that requested the outcome of an event whose id was not reused. */
        public Unknown(AsOf asOf, @Nullable EventOutcome outcome) {
            this(asOf, outcome, null);
        }

        /** The result of a read that requested no outcome. */
        public Unknown(AsOf asOf) {
            this(asOf, null, null);
        }
    }

    /**
     * The store does not own the counter's partition.
     *
     * @param owner {@code host:port} of the owner; null if the owner is unknown
     */
    record Elsewhere(@Nullable String owner) implements ReadResult {}

    /**
     * No answer can be given now. The caller should retry.
     *
     * @param reason one phrase, for people
     */
    record NotReady(String reason) implements ReadResult {}

    /**
     * A condition of the read was not met.
     *
     * @param detail one sentence, for people
     */
    record NotReached(Why why, String detail) implements ReadResult {}

    enum Why {
        /** The wait timed out: the event was not applied or not committed in time. The caller should retry. */
        NOT_YET,
        /** The receipt is past the end of the log: this deployment did not issue it. */
        AHEAD,
        /** The receipt names a partition that does not exist. */
        NO_SUCH_PARTITION
    }

    private static void requireFirst(@Nullable EventOutcome outcome, @Nullable AppliedEvent first) {
        if ((outcome == EventOutcome.ID_REUSED) != (first != null)) {
            throw new IllegalArgumentException("first: " + first + " (expected: exactly with ID_REUSED)");
        }
    }

    /** As of when the result holds; null if it does not state it. */
    default @Nullable AsOf statedAsOf() {
        if (this instanceof Found found) {
            return found.asOf();
        }
        return this instanceof Unknown unknown ? unknown.asOf() : null;
    }
}
