package dev.tally.schemas.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The freshness of an answer: up to which offset the answering store had applied its partition of {@code tally.events}.
 *
 * @param receipt the last event applied; null while the partition is empty
 * @param time the stream time of that event; null exactly when {@code receipt} is
 * @param lag the number of records known to follow the receipt: up to the log end offset last looked up, or up to the
 *     applied offset of the answering store; null if the end is unknown
 * @param role whether the store is active for the partition or a standby
 * @param checkedAt when the log end offset was looked up, or, without a lag, when the answer was made
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

    /** Whether the answer reflects an event of the same partition. True if {@code event} is null. */
    public boolean reflects(@Nullable Receipt event) {
        return event == null
                || (receipt != null && receipt.partition() == event.partition() && receipt.offset() >= event.offset());
    }
}
