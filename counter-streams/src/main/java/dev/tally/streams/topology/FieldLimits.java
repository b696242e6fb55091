package dev.tally.streams.topology;

import dev.tally.schemas.name.EventLimits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rejects an event with an ID or source that ingest-api would not have written. Other producers also write to the log, and what
 * counting writes for an event is bounded only if the fields of the event are bounded.
 */
public final class FieldLimits {
    /** @param detail states the field, its length and what is accepted; never the full value */
    public record Refusal(Rejection why, String detail) {}

    private FieldLimits() {}

    /**
     * Returns null if the event is not rejected.
     *
     * @param id null if the event has no ID
     * @param sourceSize in bytes, negative if the event has no source
     */
    public static @Nullable Refusal refusal(byte @Nullable [] id, int sourceSize) {
        if (id != null) {
            if (id.length == 0 || id.length > EventLimits.LOGGED_ID_CHARS_MAX) {
                return size("id", id.length, EventLimits.LOGGED_ID_EXPECTED);
            }
            for (byte each : id) {
                if (!EventLimits.isOfId(each)) {
                    String detail = String.format(
                            Locale.ROOT,
                            "id: %d bytes, among them 0x%02X (expected: %s)",
                            id.length,
                            each & 0xFF,
                            EventLimits.LOGGED_ID_EXPECTED);
                    return new Refusal(Rejection.UNDECODABLE, detail);
                }
            }
        }
        return sourceSize == 0 || sourceSize > EventLimits.SOURCE_BYTES_MAX
                ? size("source", sourceSize, EventLimits.SOURCE_EXPECTED)
                : null;
    }

    private static Refusal size(String field, int bytes, String expected) {
        return new Refusal(
                bytes == 0 ? Rejection.UNDECODABLE : Rejection.TOO_LARGE,
                field + ": " + bytes + " bytes (expected: " + expected + ")");
    }
}
