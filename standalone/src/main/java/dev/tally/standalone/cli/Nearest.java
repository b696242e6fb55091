package dev.tally.standalone.cli;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Suggests the known word closest to an unknown one. */
final class Nearest {

    /** With more edits than this the word is a different one. */
    private static final int SLIPS_MAX = 2;

    private static final int WORD_CHARS_MAX = 40;

    private Nearest() {}

    /** {@code " (did you mean: hit?)"}, or nothing if no word is near. */
    static String hint(String given, Collection<String> words) {
        String nearest = of(given, words);
        return nearest == null ? "" : " (did you mean: " + nearest + "?)";
    }

    private static @Nullable String of(String given, Collection<String> words) {
        if (given.length() > WORD_CHARS_MAX) {
            return null;
        }
        return words.stream()
                .filter(word -> slips(given, word) <= Math.min(SLIPS_MAX, (word.length() - 1) / 2))
                .min(Comparator.comparingInt((String word) -> slips(given, word))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** The number of characters that were left out, added, changed or swapped with the next one. */
    private static int slips(String given, String word) {
        int[][] slips = new int[given.length() + 1][word.length() + 1];
        for (int i = 0; i <= given.length(); i++) {
            for (int j = 0; j <= word.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : least(slips, given, word, i, j);
            }
        }
        return slips[given.length()][word.length()];
    }

    private static int least(int[][] slips, String given, String word, int i, int j) {
        boolean same = given.charAt(i - 1) == word.charAt(j - 1);
        int least = Math.min(slips[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && given.charAt(i - 1) == word.charAt(j - 2)
                && given.charAt(i - 2) == word.charAt(j - 1);
        return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
    }
}
