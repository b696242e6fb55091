package dev.tally.schemas.read;

import org.jspecify.annotations.Nullable;

/**
 * The result of a read. Unknown, not ready, elsewhere and a total of zero are four different results; none is ever converted
 * into another.
 *
 * @param <T> what was read: {@link Total}, {@link History}, {@link Explanation} or {@link CounterPage}
 */
public sealed interface ReadResult<T> {
    /**
     * @param value exact as of {@code asOf.receipt}
     * @param outcome the outcome of the requested event; null if none was requested
     * @param first the event that first applied the id, if the outcome is ID_REUSED; else null
     */
    record Found<T>(
            T value,
            AsOf asOf,
            @Nullable EventOutcome outcome,
            @Nullable AppliedEvent first) implements ReadResult<T> {
        public Found {
            requireFirst(outcome, first);
        }

        /** The result of a read that requested the outcome of an event whose id was not reused. */
        public Found(T value, AsOf asOf, @Nullable EventOutcome outcome) {
            this(value, asOf, outcome, null);
        }

        /** The result of a read that requested no outcome. */
        public Found(T value, AsOf asOf) {
            this(value, asOf, null, null);
        }
    }

    /** A result without a value: the reason why there is none. */
    sealed interface Missing<T> extends ReadResult<T> {}

    /**
     * The counter did not exist as of {@code asOf.receipt}.
     *
     * @param outcome the outcome of the requested event; null if none was requested
     * @param first the event that first applied the id, if the outcome is ID_REUSED; else null
     */
    record Unknown<T>(
            AsOf asOf,
            @Nullable EventOutcome outcome,
            @Nullable AppliedEvent first) implements Missing<T> {
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
    record Elsewhere<T>(@Nullable String owner) implements Missing<T> {}

    /**
     * No answer can be given now. The caller should retry.
     *
     * @param reason one phrase, for people
     */
    record NotReady<T>(String reason) implements Missing<T> {}

    /**
     * A condition of the read was not met.
     *
     * @param detail one sentence, for people
     */
    record NotReached<T>(Why why, String detail) implements Missing<T> {}

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
        if (this instanceof Found<T> found) {
            return found.asOf();
        }
        return this instanceof Unknown<T> unknown ? unknown.asOf() : null;
    }
}
