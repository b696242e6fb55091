package dev.tally.benchmarks.report;

import java.util.Locale;
import java.util.Optional;

/**
 * A ratio that this project holds itself to. A figure that is printed, never an assertion: machines differ.
 *
 * @param what the ratio, in words
 * @param bound on which side of the limit it should be
 * @param measured the ratio pair by pair; its median is what is judged
 */
public record Floor(String what, Bound bound, double limit, Optional<Series> measured) {
    public enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    String limitShown() {
        return bound.sign + " " + String.format(Locale.ROOT, "%.2f", limit);
    }

    String verdict() {
        return measured.map(ratios -> isHeld(ratios.median()) ? "pass" : "MISS").orElse("not measured");
    }

    private boolean isHeld(double ratio) {
        return bound == Bound.AT_MOST ? ratio <= limit : ratio >= limit;
    }
}
