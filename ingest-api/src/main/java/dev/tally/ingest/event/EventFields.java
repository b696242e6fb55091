package dev.tally.ingest.event;

import dev.tally.schemas.name.EventLimits;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.json.UtcTime;
import java.nio.charset.StandardCharsets;

/** The fields that hits and new totals share. */
final class EventFields {
    private static final long PAST_MILLIS_MAX = 30L * 24 * 3_600_000;
    private static final long FUTURE_MILLIS_MAX = 10L * 60_000;
    private static final String SOURCE_EXPECTED = "a string of 1 to " + EventLimits.SOURCE_BYTES_MAX + " bytes";

    private EventFields() {}

    /** @param now when the request arrived, in milliseconds since 1970: the middle of the range */
    static long occurredAt(JsonReader json, long now) {
        long millis = json.time();
        if (!isInRange(millis, now)) {
            throw json.invalidValue("from 30 days ago to 10 minutes from now, which is " + UtcTime.format(now));
        }
        return millis;
    }

    static boolean isInRange(long millis, long now) {
        return millis >= now - PAST_MILLIS_MAX && millis <= now + FUTURE_MILLIS_MAX;
    }

    static String source(JsonReader json) {
        String text = json.stringOrNull();
        if (text == null || !isSource(text)) {
            throw json.invalidValue(SOURCE_EXPECTED);
        }
        return text;
    }

    static boolean isSource(String text) {
        return !text.isEmpty() && !isLong(text);
    }

    private static boolean isLong(String text) {
        // A char is at most three bytes, so most texts need not be encoded to check their length.
        return text.length() * 3 > EventLimits.SOURCE_BYTES_MAX
                && text.getBytes(StandardCharsets.UTF_8).length > EventLimits.SOURCE_BYTES_MAX;
    }
}
