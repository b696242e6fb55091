package dev.tally.schemas.read;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a read of one counter came to. Unknown, not ready, elsewhere and a total of zero are four different answers; none
 * of them is ever made into another.
 */
public sealed interface ReadResult {
    /**
     * @param total the exact fold of the counter's partition up to {@code asOf.receipt}
     * @param updatedAt the log time of the last event that changed it
     */
    record Found(long total, Instant updatedAt, AsOf asOf) implements ReadResult {}

    /** The counter did not exist as of {@code asOf.receipt}. */
    record Unknown(AsOf asOf) implements ReadResult {}

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

    /** Applies the one function that fits. */
    default <T> T fold(
            Function<Found, T> found,
            Function<Unknown, T> unknown,
            Function<Elsewhere, T> elsewhere,
            Function<NotReady, T> notReady) {
        if (this instanceof Found result) {
            return found.apply(result);
        } else if (this instanceof Unknown result) {
            return unknown.apply(result);
        } else if (this instanceof Elsewhere result) {
            return elsewhere.apply(result);
        }
        return notReady.apply((NotReady) this);
    }
}
