package dev.tally.benchmarks.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The result of one load.
 *
 * @param answered the number of requests that were answered with a 2xx or 3xx
 * @param refused the number of requests that were answered with any other status
 * @param broken the number of connections that broke or timed out
 * @param seconds the duration of the load
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

    /** The number of requests without a successful answer. */
    public double failed() {
        return refused + broken;
    }

    private static double figure(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
