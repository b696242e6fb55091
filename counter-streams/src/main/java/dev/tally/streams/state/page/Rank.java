package dev.tally.streams.state.page;

import java.util.Arrays;

/**
 * The rank of a counter in its namespace: larger totals first, equal totals by name.
 *
 * @param key the key of the counter
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed, and compared by content
record Rank(long total, byte[] key) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
        int byTotal = Long.compare(other.total, total);
        return byTotal == 0 ? Arrays.compareUnsigned(key, other.key) : byTotal;
    }
}
