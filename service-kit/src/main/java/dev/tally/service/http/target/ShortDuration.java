package dev.tally.service.http.target;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Parses wait times: {@code 500ms}, {@code 2s}. A whole number without a sign or a leading zero, then a unit. The durations of
 * settings have more units and accept leading zeros: the rules for requests and for settings change separately.
 */
public final class ShortDuration {
    private static final int DIGITS_MAX = 9;

    private ShortDuration() {}

    /** The accepted format, for messages. */
    public static String expected(Duration max) {
        return "a duration such as 500ms or 2s, at most " + max.toSeconds() + "s";
    }

    /** Returns null if the text is not a duration or the duration is longer than {@code max}. */
    public static @Nullable Duration parse(String text, Duration max) {
        boolean millis = text.endsWith("ms");
        if (!millis && !text.endsWith("s")) {
            return null;
        }
        int digits = text.length() - (millis ? 2 : 1);
        if (digits < 1 || digits > DIGITS_MAX || (text.charAt(0) == '0' && digits > 1)) {
            return null;
        }
        int count = 0;
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            count = 10 * count + (c - '0');
        }
        Duration duration = millis ? Duration.ofMillis(count) : Duration.ofSeconds(count);
        return duration.compareTo(max) > 0 ? null : duration;
    }
}
