package dev.tally.service.http.problem;

/**
 * Formats values for messages: quoted, truncated if long, without characters that would garble a terminal. The messages about
 * counter names do the same in schemas, on which this module does not depend.
 */
public final class Shown {
    private static final int CHARS_MAX = 80;

    private Shown() {}

    /** {@code "text"}, at most 80 characters of it. */
    public static String text(String value) {
        StringBuilder shown = new StringBuilder(value.length() + 2).append('"');
        append(value, shown);
        return shown.append('"').toString();
    }

    /** The same without quotes, for numbers and other JSON tokens. */
    public static String raw(String value) {
        StringBuilder shown = new StringBuilder(value.length());
        append(value, shown);
        return shown.toString();
    }

    /** Whether a character sets the direction of the text after it, which would reorder a message on display. */
    private static boolean isBidirectionalControl(char c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static void append(String value, StringBuilder shown) {
        int end = Math.min(value.length(), CHARS_MAX);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (pair) {
                shown.append(c).append(value.charAt(++i));
            } else if (Character.isISOControl(c) || Character.isSurrogate(c) || isBidirectionalControl(c)) {
                shown.append("\\u").append(Character.forDigit(c >> 12, 16));
                for (int shift = 8; shift >= 0; shift -= 4) {
                    shown.append(Character.forDigit((c >> shift) & 0xF, 16));
                }
            } else {
                shown.append(c);
            }
        }
        if (end < value.length()) {
            shown.append('…');
        }
    }
}
