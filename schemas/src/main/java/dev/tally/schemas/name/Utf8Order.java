package dev.tally.schemas.name;

import java.util.Comparator;

/** Orders names by the bytes of their UTF-8, which is not the order of {@link String#compareTo}. */
public final class Utf8Order implements Comparator<String> {
    public static final Utf8Order INSTANCE = new Utf8Order();

    private static final char AFTER_SURROGATES = 0xE000;
    private static final int SURROGATES = 0x800;

    private Utf8Order() {}

    @Override
    public int compare(String left, String right) {
        int both = Math.min(left.length(), right.length());
        for (int i = 0; i < both; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                return Integer.compare(rank(one), rank(other));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** The order of a char. A surrogate ranks after all other chars, because it encodes a code point beyond U+FFFF. */
    private static int rank(char c) {
        if (c >= AFTER_SURROGATES) {
            return c - SURROGATES;
        }
        return Character.isSurrogate(c) ? c + (Character.MAX_VALUE + 1 - AFTER_SURROGATES) : c;
    }
}
