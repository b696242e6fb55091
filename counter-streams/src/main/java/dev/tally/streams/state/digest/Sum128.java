package dev.tally.streams.state.digest;

import java.util.Locale;

/** A sum modulo 2^128. For one thread. */
final class Sum128 {
    private long high;
    private long low;

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    void add(long addedHigh, long addedLow) {
        long sum = low + addedLow;
        high += addedHigh + (Long.compareUnsigned(sum, addedLow) < 0 ? 1 : 0);
        low = sum;
    }

    /** Adds the product of two numbers, modulo 2^128. */
    void addProduct(long aHigh, long aLow, long bHigh, long bLow) {
        add(unsignedMultiplyHigh(aLow, bLow) + aHigh * bLow + aLow * bHigh, aLow * bLow);
    }

    /** {@link Math#multiplyHigh} of unsigned numbers. */
    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sum128 that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }
}
