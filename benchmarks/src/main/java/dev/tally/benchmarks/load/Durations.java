package dev.tally.benchmarks.load;

import java.util.Arrays;

/** A set of durations. Every single value is kept. */
public final class Durations {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    public int count() {
        return count;
    }

    /** The percentile, 0 to 100, in milliseconds; 100 is the maximum. Zero if there are no values. */
    public double percentileMillis(double percentile) {
        if (count == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, count);
        int rank = (int) Math.ceil(percentile / 100 * count);
        return nanos[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
    }
}
