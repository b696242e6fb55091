package dev.tally.system.guarantee;

import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.Hit;
import java.time.Duration;
import java.util.List;

/**
 * One request to write, as its client remembers it.
 *
 * @param hits one for a single, several for a batch
 * @param code the problem's code; {@code not_sent} or {@code no_answer} if there was no answer
 * @param receipts empty unless acknowledged
 */
public record Written(
        List<Hit> hits, boolean batch, Outcome outcome, String code, List<Receipt> receipts, Duration took) {

    /** What the client may conclude. */
    public enum Outcome {
        /** A 2xx: all of it is in the log. */
        ACKNOWLEDGED,
        /** An answer that says, or a connection that shows, that nothing was recorded. */
        REFUSED,
        /** Nobody knows: all, some or nothing of it is in the log. */
        UNKNOWN,
        /** An answer that the contract does not have. */
        UNEXPECTED
    }
}
