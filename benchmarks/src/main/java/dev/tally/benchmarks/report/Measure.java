package dev.tally.benchmarks.report;

import java.util.Locale;

/**
 * A quantity that is measured in every run.
 *
 * @param name the heading of the column, with the unit
 * @param decimals the number of decimals shown
 */
public record Measure(String name, int decimals) {
    String show(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
