package dev.tally.benchmarks.load;

import java.util.Arrays;

/** How long things took: every single one is kept. */
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

    /** That which so many of a hundred did not exceed; 100 is the greatest. Zero of none. */
    public double percentileMillis(double percentile) {
        if (count == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, count);
        int rank = (int) Math.ceil(percentile / 100 * count);
        return nanos[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
    }
}
