package dev.tally.benchmarks.report;

import java.util.Arrays;

/** The values of one figure over all runs. Never empty. */
public final class Series {
    private final double[] sorted;

    public Series(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a series of no values");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The middle value, or the mean of the two middle values. */
    public double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** The median, with minimum and maximum in parentheses. */
    String show(Measure measure) {
        return measure.show(median()) + " (" + measure.show(min()) + "–" + measure.show(max()) + ")";
    }
}
