package dev.tally.streams.state.digest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The sums of the hashes of counters, modulo 2^128, in {@value #BUCKETS} buckets by the hash of the counter's key. The sums do not
 * depend on the order of their terms.
 *
 * <p>Changed by one thread until it is part of a digest, then unchanged.
 */
public final class BucketSums {
    public static final int BUCKETS = 256;

    private static final int BYTES = BUCKETS * 2 * Long.BYTES;

    private final Sum128[] sums = new Sum128[BUCKETS];

    BucketSums() {
        Arrays.setAll(sums, unused -> new Sum128());
    }

    /** Reads what {@link #bytes} has returned. */
    public static BucketSums of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes of sums (expected: " + BYTES + ")");
        }
        BucketSums read = new BucketSums();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (Sum128 sum : read.sums) {
            sum.add(in.getLong(), in.getLong());
        }
        return read;
    }

    /** The sums as bytes, for another process. */
    public byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        for (Sum128 sum : sums) {
            out.putLong(sum.high()).putLong(sum.low());
        }
        return out.array();
    }

    Sum128 of(int bucket) {
        return sums[bucket];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketSums that && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    @Override
    public String toString() {
        Sum128 all = new Sum128();
        for (Sum128 sum : sums) {
            all.add(sum.high(), sum.low());
        }
        return "sums of " + BUCKETS + " buckets: " + all;
    }
}
