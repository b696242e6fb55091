package dev.tally.system.log;

import dev.tally.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code tally.events}.
 *
 * @param key as text; a key that is no UTF-8 has its broken bytes replaced
 * @param operation null if the value cannot be decoded
 * @param value the delta or the new total
 * @param id null for none
 * @param appendTime when the broker appended it, in milliseconds since 1970
 * @param occurredAt when the client says that it occurred, in milliseconds since 1970
 * @param source what the client wrote there
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

    /** What it does, in the words of the service: two events with one id are the same if this is. */
    public String content() {
        return operation == Operation.DELETE ? "DELETE" : operation + " " + value;
    }

    /** Whether id and source are as ingest-api writes them; an id that it makes for a line of a batch is longer. */
    boolean isWithinLimits() {
        boolean goodId = id == null || id.matches("[ -~]{1,139}");
        int sourceBytes = source == null ? 1 : source.getBytes(StandardCharsets.UTF_8).length;
        return goodId && sourceBytes >= 1 && sourceBytes <= 100;
    }
}
