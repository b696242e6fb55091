package dev.tally.streams.state;

import dev.tally.schemas.read.Step;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where buckets of a counter that lie in one period are kept: under the first of them.
 *
 * <pre>
 * 'h' step period counter 0 bucket      step 1 byte; period and bucket 4 bytes, unsigned, big-endian
 * </pre>
 *
 * <p>A period is many buckets long. It stands before the counter so that what has expired lies together and can be removed
 * from the front, and the bucket behind it so that the buckets of one counter in one period can be read in one go.
 */
final class BucketKey {
    /** The end of the year 9999: no later time can be written as RFC 3339. */
    static final long MILLIS_MAX = 253_402_300_799_999L;

    private static final byte PREFIX = 'h';
    private static final int HEAD_BYTES = 2 + Integer.BYTES;
    private static final int TAIL_BYTES = 1 + Integer.BYTES;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private BucketKey() {}

    /** From 0, and never another: it is part of what is stored. */
    static int index(Step step) {
        return switch (step) {
            case MINUTE -> 0;
            case HOUR -> 1;
            case DAY -> 2;
        };
    }

    /** How many buckets make a period: about a twelfth of what is kept by default. */
    static long bucketsOfPeriod(Step step) {
        return switch (step) {
            case MINUTE -> 4 * 60;
            case HOUR -> 8 * 24;
            case DAY -> 128;
        };
    }

    static long period(Step step, long bucket) {
        return bucket / bucketsOfPeriod(step);
    }

    /** The first bucket of the period. */
    static long startOfPeriod(Step step, long bucket) {
        return bucket - bucket % bucketsOfPeriod(step);
    }

    static Bytes of(Step step, byte[] counter, long bucket) {
        return Bytes.wrap(ByteBuffer.allocate(HEAD_BYTES + counter.length + TAIL_BYTES)
                .put(PREFIX)
                .put((byte) index(step))
                .putInt((int) period(step, bucket))
                .put(counter)
                .put((byte) 0)
                .putInt((int) bucket)
                .array());
    }

    /** Before every bucket of the period and behind all of earlier ones. */
    static Bytes startOf(Step step, long period) {
        return Bytes.wrap(ByteBuffer.allocate(HEAD_BYTES)
                .put(PREFIX)
                .put((byte) index(step))
                .putInt((int) period)
                .array());
    }

    /** Behind every bucket of the step. */
    static Bytes endOf(Step step) {
        return startOf(step, UNSIGNED);
    }

    static long periodOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(2) & UNSIGNED;
    }
}
