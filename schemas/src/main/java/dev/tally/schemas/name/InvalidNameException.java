package dev.tally.schemas.name;

/** A namespace or a counter that is not a valid name. The message names the part, the value and what was expected. */
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARS_MAX = 80;

    private final String part;

    InvalidNameException(String part, String value, String expected) {
        super(part + ": " + shown(value) + " (expected: " + expected + ")");
        this.part = part;
    }

    /** The invalid part: {@code namespace} or {@code counter}. */
    public String part() {
        return part;
    }

    /** Whether a character sets the direction of the text after it: U+202A to U+202E and U+2066 to U+2069. */
    static boolean isBidirectionalControl(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static String shown(String value) {
        String start = value.length() <= SHOWN_CHARS_MAX ? value : value.substring(0, SHOWN_CHARS_MAX) + "…";
        StringBuilder shown = new StringBuilder(start.length() + 2).append('"');
        start.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) || isBidirectionalControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append('"').toString();
    }
}
