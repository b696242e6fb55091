package dev.tally.benchmarks.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What came of one load.
 *
 * @param answered how many requests were answered with a 2xx or 3xx
 * @param refused how many were answered with anything else
 * @param broken how many connections broke or timed out
 * @param seconds how long the load lasted
 * @param cpu the CPU time of wrk itself
 */
public record WrkResult(
        long answered, long refused, long broken, double seconds, double p50Millis, double p99Millis, Duration cpu) {

    /** @param line {@code name=number} for each of the figures that requests.lua prints */
    static WrkResult parse(String line, Duration cpu) {
        Map<String, Double> figures = new HashMap<>();
        for (String figure : line.strip().split(" ", -1)) {
            int equals = figure.indexOf('=');
            figures.put(figure.substring(0, equals), Double.valueOf(figure.substring(equals + 1)));
        }
        long requests = (long) figure(figures, "requests");
        long refused = (long) figure(figures, "refused");
        return new WrkResult(
                requests - refused,
                refused,
                (long) figure(figures, "broken"),
                figure(figures, "duration_us") / 1e6,
                figure(figures, "p50_us") / 1e3,
                figure(figures, "p99_us") / 1e3,
                cpu);
    }

    public double perSecond() {
        return answered / seconds;
    }

    /** How many requests were not answered as they should be. */
    public double failed() {
        return refused + broken;
    }

    private static double figure(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
