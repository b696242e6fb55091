package dev.tally.streams.state;

import java.util.Arrays;

/**
 * Where a counter stands among those of its namespace: the larger total first, and of equal ones the earlier name.
 *
 * @param key of the counter
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed, and compared by what it holds
record Rank(long total, byte[] key) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
        int byTotal = Long.compare(other.total, total);
        return byTotal == 0 ? Arrays.compareUnsigned(key, other.key) : byTotal;
    }
}
