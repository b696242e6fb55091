package dev.tally.service.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
record DurationType(Duration min, Duration max) implements SettingType<Duration> {
    private static final String[] UNITS = {"ms", "s", "m", "h", "d"};
    private static final long[] UNIT_MILLIS = {1, 1_000, 60_000, 3_600_000, 86_400_000};

    @Override
    public @Nullable Duration parse(String text) {
        for (int i = 0; i < UNITS.length; i++) {
            if (!text.endsWith(UNITS[i])) {
                continue;
            }
            Long count = SettingTypes.wholeNumber(text.substring(0, text.length() - UNITS[i].length()));
            if (count == null || Math.abs(count) > Long.MAX_VALUE / UNIT_MILLIS[i]) {
                continue; // "5ms" ends in "s" too
            }
            Duration value = Duration.ofMillis(count * UNIT_MILLIS[i]);
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 ? value : null;
        }
        return null;
    }

    @Override
    public String expected() {
        return "a duration such as 500ms, 10s or 24h, from " + format(min) + " to " + format(max);
    }

    /** The text that {@link #parse} parses to {@code value}. */
    String format(Duration value) {
        long millis = value.toMillis();
        int unit = UNITS.length - 1;
        while (unit > 0 && millis % UNIT_MILLIS[unit] != 0) {
            unit--;
        }
        return millis == 0 ? "0s" : millis / UNIT_MILLIS[unit] + UNITS[unit];
    }
}
