package dev.tally.service.settings;

import org.jspecify.annotations.Nullable;

/** Sizes in bytes: {@code 512B}, {@code 64KiB}, {@code 64MiB}, {@code 2GiB}. */
record SizeType(long min, long max) implements SettingType<Long> {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "B"};
    private static final long[] UNIT_BYTES = {1L << 10, 1L << 20, 1L << 30, 1};

    @Override
    public @Nullable Long parse(String text) {
        for (int i = 0; i < UNITS.length; i++) {
            if (!text.endsWith(UNITS[i])) {
                continue;
            }
            Long count = SettingTypes.wholeNumber(text.substring(0, text.length() - UNITS[i].length()));
            if (count == null || count < 0 || count > Long.MAX_VALUE / UNIT_BYTES[i]) {
                return null;
            }
            long value = count * UNIT_BYTES[i];
            return value >= min && value <= max ? value : null;
        }
        return null;
    }

    @Override
    public String expected() {
        return "a size such as 512KiB, 64MiB or 2GiB, from " + format(min) + " to " + format(max);
    }

    /** The text that {@link #parse} parses to {@code value}. */
    String format(Long value) {
        for (int i = UNITS.length - 2; i >= 0; i--) {
            if (value > 0 && value % UNIT_BYTES[i] == 0) {
                return value / UNIT_BYTES[i] + UNITS[i];
            }
        }
        return value + "B";
    }
}
