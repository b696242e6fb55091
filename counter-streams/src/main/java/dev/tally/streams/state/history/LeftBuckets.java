package dev.tally.streams.state.history;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Buckets of one step of one counter, in ascending order and without repetition, in the format in which they are written:
 *
 * <pre>
 * (distance sum [carries])*     zigzag varints; of the distance to the bucket before, the first one's to 0, the lowest bit says
 *                               whether carries follow
 * </pre>
 *
 * <p>For the stream thread. A thread that reads the buckets from the store gets its own object.
 */
final class LeftBuckets {
    /** With this number of buckets, a counter writes them as a separate entry. */
    static final int COUNT_MAX = 16;

    private static final int BUCKET_BYTES_MAX = 3 * 10;
    /** There are never more than {@link #COUNT_MAX} buckets. */
    static final int BYTES_MAX = COUNT_MAX * BUCKET_BYTES_MAX;

    private static final int BYTES_AT_FIRST = 32;
    private static final byte[] NOTHING = {};

    /** Has spare capacity, so that a counter in memory can append without a new array. */
    private byte[] bytes = NOTHING;

    private int length;
    private int count;
    private long first;
    private long last;

    /** Receives a bucket. */
    interface Each {
        void bucket(long number, WideSum sum);
    }

    /** @param stored kept, not copied */
    static LeftBuckets read(byte[] stored) {
        LeftBuckets buckets = new LeftBuckets();
        buckets.bytes = stored;
        buckets.length = stored.length;
        buckets.each((number, sum) -> buckets.count(number));
        return buckets;
    }

    static LeftBuckets of(long number, WideSum sum) {
        LeftBuckets buckets = new LeftBuckets();
        buckets.append(number, sum);
        return buckets;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count >= COUNT_MAX;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** The size in bytes as written. */
    int length() {
        return length;
    }

    void write(ByteBuffer out) {
        out.put(bytes, 0, length);
    }

    /** @param number higher than all previous ones */
    void append(long number, WideSum sum) {
        boolean wide = sum.carries() != 0;
        long distance = (number - (count == 0 ? 0 : last)) << 1 | (wide ? 1 : 0);
        int end = length + ByteUtils.sizeOfVarlong(distance) + sum.size();
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(BYTES_AT_FIRST, 2 * bytes.length)));
        }
        ByteBuffer out = ByteBuffer.wrap(bytes, length, end - length);
        ByteUtils.writeVarlong(distance, out);
        sum.write(out);
        length = end;
        count(number);
    }

    private void count(long number) {
        if (count == 0) {
            first = number;
        }
        last = number;
        count++;
    }

    /** Adds to a bucket if it is present. Returns whether it is. */
    boolean add(long number, WideSum sum) {
        if (count == 0 || number < first || number > last) {
            return false;
        }
        LeftBuckets after = new LeftBuckets();
        boolean[] found = {false};
        each((each, before) -> {
            found[0] |= each == number;
            after.append(each, each == number ? before.plus(sum) : before);
        });
        bytes = after.bytes;
        length = after.length;
        return found[0];
    }

    void each(Each each) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        long number = 0;
        while (in.hasRemaining()) {
            long distance = ByteUtils.readVarlong(in);
            number += distance >> 1;
            long low = ByteUtils.readVarlong(in);
            each.bucket(number, new WideSum(low, (distance & 1) == 0 ? 0 : ByteUtils.readVarlong(in)));
        }
    }

    void clear() {
        length = 0;
        count = 0;
    }
}
