package dev.tally.schemas.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh an answer is: how far the store that gave it had applied its partition of {@code tally.events}.
 *
 * @param receipt the last event applied; null while the partition is empty
 * @param time the stream time of that event; null exactly when {@code receipt} is
 * @param lag how many records the log is known to hold beyond the receipt: up to its end as last looked up, or up to what
 *     the answering store has applied; null if the end is unknown
 * @param role whether the store is the partition's active one or a standby
 * @param checkedAt when the log's end was looked up, or, without a lag, when the answer was made
 */
public record AsOf(
        @Nullable Receipt receipt,
        @Nullable Instant time,
        @Nullable Long lag,
        Role role,
        Instant checkedAt) {

    public enum Role {
        ACTIVE,
        STANDBY
    }

    /** Whether the answer reflects an event of the same partition; no event is reflected always. */
    public boolean reflects(@Nullable Receipt event) {
        return event == null
                || (receipt != null && receipt.partition() == event.partition() && receipt.offset() >= event.offset());
    }
}
