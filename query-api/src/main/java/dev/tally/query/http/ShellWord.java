package dev.tally.query.http;

/** Quotes a text as one word of a POSIX shell's command line. */
final class ShellWord {
    /** The ASCII characters, besides letters and digits, that have no meaning to any shell. */
    private static final String PLAIN = "._-/:@%+,";

    private ShellWord() {}

    /** @param text without control characters */
    static String of(String text) {
        if (text.chars().allMatch(ShellWord::isPlain)) {
            return text;
        }
        // Between single quotes only the quote itself has a meaning, so it has to stand outside them.
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }
}
