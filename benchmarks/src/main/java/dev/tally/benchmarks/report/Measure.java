package dev.tally.benchmarks.report;

import java.util.Locale;

/**
 * Something measured in every run.
 *
 * @param name what the column is called, with its unit
 * @param decimals how many decimals are shown
 */
public record Measure(String name, int decimals) {
    String show(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
