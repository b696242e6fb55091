package dev.tally.system.log;

import dev.tally.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code tally.events}.
 *
 * @param key as text; invalid UTF-8 is replaced
 * @param operation null if the value cannot be decoded
 * @param value the delta or the new total
 * @param id null for none
 * @param appendTime when the broker appended the record, in milliseconds since 1970
 * @param occurredAt when the event occurred according to the client, in milliseconds since 1970
 * @param source the source that the client stated
 */
public record LoggedEvent(
        int partition,
        long offset,
        String key,
        @Nullable Operation operation,
        long value,
        @Nullable String id,
        long appendTime,
        long occurredAt,
        @Nullable String source) {

    public String receipt() {
        return partition + "-" + offset;
    }

    /**
     * The content in the words that the service uses. Two events with one ID are the same event if they have the same
     * content.
     */
    public String content() {
        return operation == Operation.DELETE ? "DELETE" : operation + " " + value;
    }

    /**
     * Whether ID and source are within the limits of ingest-api. The ID that it generates for a line of a batch is longer
     * than a client's.
     */
    boolean isWithinLimits() {
        boolean goodId = id == null || id.matches("[ -~]{1,139}");
        int sourceBytes = source == null ? 1 : source.getBytes(StandardCharsets.UTF_8).length;
        return goodId && sourceBytes >= 1 && sourceBytes <= 100;
    }
}
