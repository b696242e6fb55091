package dev.tally.system.guarantee;

import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.Hit;
import java.time.Duration;
import java.util.List;

/**
 * One request to write, as its client recorded it.
 *
 * @param hits one for a single request, several for a batch
 * @param code the problem's code; {@code not_sent} or {@code no_answer} if there was no answer
 * @param receipts empty unless acknowledged
 */
public record Written(
        List<Hit> hits, boolean batch, Outcome outcome, String code, List<Receipt> receipts, Duration took) {

    /** What the client can conclude from the answer. */
    public enum Outcome {
        /** A 2xx: all hits are in the log. */
        ACKNOWLEDGED,
        /** An answer that states, or a failure to connect that implies, that nothing was recorded. */
        REFUSED,
        /** The result is unknown: all, some or none of the hits are in the log. */
        UNKNOWN,
        /** An answer that the contract does not specify. */
        UNEXPECTED
    }
}
