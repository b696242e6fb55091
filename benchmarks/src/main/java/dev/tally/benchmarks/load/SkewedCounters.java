package dev.tally.benchmarks.load;

import java.util.Arrays;
import java.util.Random;

/**
 * Draws counters with a realistic skew: the k-th most popular one in proportion to 1/k (Zipf's law). The same seed
 * draws the same counters. For one thread.
 */
public final class SkewedCounters {
    private final double[] cumulative;
    private final Random random;

    /** @param counters the number of counters; counter 0 is the most popular one */
    public SkewedCounters(int counters, long seed) {
        cumulative = new double[counters];
        random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < counters; i++) {
            sum += 1.0 / (i + 1);
            cumulative[i] = sum;
        }
    }

    /** The next counter, from 0 to the number of counters minus one. */
    public int next() {
        int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
        return found >= 0 ? found : -found - 1;
    }
}
