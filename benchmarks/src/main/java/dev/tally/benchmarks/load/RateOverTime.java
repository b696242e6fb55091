package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples of a count that only grows, and its rate between any two moments. The count is assumed to grow evenly between
 * two samples. For one thread at a time.
 */
public final class RateOverTime {
    private static final double SECOND_NANOS = 1e9;

    private final long origin;
    private final List<Sample> samples = new ArrayList<>();

    /** @param origin the moment from which seconds are counted, by System.nanoTime */
    public RateOverTime(long origin) {
        this.origin = origin;
    }

    /** Adds a sample that is later than the previous one. */
    public void add(long nanos, long count) {
        samples.add(new Sample((nanos - origin) / SECOND_NANOS, count));
    }

    /**
     * The mean rate per second.
     *
     * @throws BenchException if the samples do not cover this interval
     */
    public double between(double fromSecond, double toSecond) {
        return (countAt(toSecond) - countAt(fromSecond)) / (toSecond - fromSecond);
    }

    private double countAt(double second) {
        for (int i = 1; i < samples.size(); i++) {
            Sample before = samples.get(i - 1);
            Sample after = samples.get(i);
            if (before.second() <= second && second <= after.second()) {
                double share = (second - before.second()) / (after.second() - before.second());
                return before.count() + share * (after.count() - before.count());
            }
        }
        throw new BenchException(
                String.format("second %.1f is in none of the %d samples of the rate", second, samples.size()));
    }

    private record Sample(double second, long count) {}
}
