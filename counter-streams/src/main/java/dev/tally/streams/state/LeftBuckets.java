package dev.tally.streams.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Buckets of one step of one counter, earliest first, each once, as they are written:
 *
 * <pre>
 * (distance sum [carries])*     zigzag varints; of the distance to the bucket before, the first one's to 0, the lowest bit says
 *                               whether carries follow
 * </pre>
 *
 * <p>For the fold's thread; whoever reads them from the store has an object of his own.
 */
final class LeftBuckets {
    /** With so many, a counter writes them as an entry of their own. */
    static final int COUNT_MAX = 8;

    private static final int BUCKET_BYTES_MAX = 3 * 10;
    /** One more than {@link #COUNT_MAX} never is. */
    static final int BYTES_MAX = COUNT_MAX * BUCKET_BYTES_MAX;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int count;
    private long first;
    private long last;

    /** Takes a bucket. */
    interface Each {
        void bucket(long number, WideSum sum);
    }

    static LeftBuckets read(byte[] stored) {
        LeftBuckets buckets = new LeftBuckets();
        buckets.bytes = stored;
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

    /** As they are written: not a copy. */
    byte[] bytes() {
        return bytes;
    }

    /** @param number higher than those before */
    void append(long number, WideSum sum) {
        boolean wide = sum.carries() != 0;
        long distance = (number - (count == 0 ? 0 : last)) << 1 | (wide ? 1 : 0);
        int from = bytes.length;
        byte[] grown = Arrays.copyOf(bytes, from + ByteUtils.sizeOfVarlong(distance) + sum.size());
        ByteBuffer out = ByteBuffer.wrap(grown, from, grown.length - from);
        ByteUtils.writeVarlong(distance, out);
        sum.write(out);
        bytes = grown;
        count(number);
    }

    private void count(long number) {
        if (count == 0) {
            first = number;
        }
        last = number;
        count++;
    }

    /** Adds to a bucket if it is among these; whether it is. */
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
        return found[0];
    }

    void each(Each each) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long number = 0;
        while (in.hasRemaining()) {
            long distance = ByteUtils.readVarlong(in);
            number += distance >> 1;
            long low = ByteUtils.readVarlong(in);
            each.bucket(number, new WideSum(low, (distance & 1) == 0 ? 0 : ByteUtils.readVarlong(in)));
        }
    }

    void clear() {
        bytes = NOTHING;
        count = 0;
    }
}
