package dev.tally.benchmarks.report;

import java.util.Optional;

/**
 * A limit for a figure of this project. It is printed, never asserted, because machines differ.
 *
 * @param what the figure, in words
 * @param bound the side of the limit on which the figure should be
 * @param shown the format of the limit and the figure
 * @param measured the values, of which the median is judged
 * @param whyNot why there are no values, if there are none
 * @param meaning what the limit means for a user
 */
public record Floor(
        String what,
        Bound bound,
        double limit,
        Measure shown,
        Optional<Series> measured,
        String whyNot,
        String meaning) {
    private static final Measure RATIO = new Measure("ratio", 2);

    public enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** A lower or upper limit of a ratio. */
    public static Floor ratio(String what, Bound bound, double limit, Optional<Series> measured, String meaning) {
        return new Floor(what, bound, limit, RATIO, measured, "", meaning);
    }

    /** The same floor, not measured for a reason. */
    public Floor notMeasured(String reason) {
        return new Floor(what, bound, limit, shown, Optional.empty(), reason, meaning);
    }

    String limitShown() {
        return bound.sign + " " + shown.show(limit);
    }

    String measuredShown() {
        return measured.map(values -> values.show(shown))
                .orElse(whyNot.isEmpty() ? "not measured" : "not measured: " + whyNot);
    }

    String verdict() {
        return measured.map(values -> isHeld(values.median()) ? "pass" : "MISSED")
                .orElse("");
    }

    private boolean isHeld(double value) {
        return bound == Bound.AT_MOST ? value <= limit : value >= limit;
    }
}
