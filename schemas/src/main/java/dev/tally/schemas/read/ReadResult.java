package dev.tally.schemas.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a read of one counter came to. Unknown, not ready, elsewhere and a total of zero are four different answers; none
 * of them is ever made into another.
 */
public sealed interface ReadResult {
    /**
     * @param total the exact count of the counter's partition up to {@code asOf.receipt}
     * @param updatedAt the stream time of the last event that changed it
     * @param outcome of the event that was asked for; null if none was
     * @param first the event that applied the id first, if the outcome is ID_REUSED; else null
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

        /** Of a read that asked for an event, whose id was not reused. */
        public Found(long total, Instant updatedAt, AsOf asOf, @Nullable EventOutcome outcome) {
            this(total, updatedAt, asOf, outcome, null);
        }

        /** Of a read that did not ask for an event. */
        public Found(long total, Instant updatedAt, AsOf asOf) {
            this(total, updatedAt, asOf, null, null);
        }
    }

    /**
     * The counter did not exist as of {@code asOf.receipt}.
     *
     * @param outcome of the event that was asked for; null if none was
     * @param first the event that applied the id first, if the outcome is ID_REUSED; else null
     */
    record Unknown(
            AsOf asOf,
            @Nullable EventOutcome outcome,
            @Nullable AppliedEvent first) implements ReadResult {
        public Unknown {
            requireFirst(outcome, first);
        }

        /** Of a read that asked for an event, whose id was not reused. */
        public Unknown(AsOf asOf, @Nullable EventOutcome outcome) {
            this(asOf, outcome, null);
        }

        /** Of a read that did not ask for an event. */
        public Unknown(AsOf asOf) {
            this(asOf, null, null);
        }
    }

    /**
     * The store asked does not own the counter's partition.
     *
     * @param owner {@code host:port}, null while nobody is known to own it
     */
    record Elsewhere(@Nullable String owner) implements ReadResult {}

    /**
     * No answer can be given now; asking again is right.
     *
     * @param reason one phrase, for people
     */
    record NotReady(String reason) implements ReadResult {}

    /**
     * What the read was to wait for did not come.
     *
     * @param detail one sentence, for people
     */
    record NotReached(Why why, String detail) implements ReadResult {}

    enum Why {
        /** It was not applied, or not committed, in the time given. Asking again is right. */
        NOT_YET,
        /** The receipt lies past the end of the log: it was not given out by this Tally. */
        AHEAD,
        /** The receipt names a partition that there is not. */
        NO_SUCH_PARTITION
    }

    private static void requireFirst(@Nullable EventOutcome outcome, @Nullable AppliedEvent first) {
        if ((outcome == EventOutcome.ID_REUSED) != (first != null)) {
            throw new IllegalArgumentException("first: " + first + " (expected: exactly with ID_REUSED)");
        }
    }

    /** As of when the answer holds; null if it is none. */
    default @Nullable AsOf statedAsOf() {
        if (this instanceof Found found) {
            return found.asOf();
        }
        return this instanceof Unknown unknown ? unknown.asOf() : null;
    }
}
