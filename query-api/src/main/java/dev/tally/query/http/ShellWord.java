package dev.tally.query.http;

/** A text as one word of a POSIX shell's command line. */
final class ShellWord {
    /** Of ASCII, besides letters and digits, what no shell makes anything of. */
    private static final String PLAIN = "._-/:@%+,";

    private ShellWord() {}

    /** @param text without control characters */
    static String of(String text) {
        if (text.chars().allMatch(ShellWord::isPlain)) {
            return text;
        }
        // Nothing has a meaning between single quotes but the quote itself, which has to stand outside.
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }
}
