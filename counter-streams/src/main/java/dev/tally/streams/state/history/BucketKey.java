package dev.tally.streams.state.history;

import dev.tally.schemas.read.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of an entry with buckets of one counter in one period. The key contains the first of these buckets.
 *
 * <pre>
 * 'h' step period counter 0 bucket      step 1 byte; period and bucket 4 bytes, unsigned, big-endian
 * </pre>
 *
 * <p>A period consists of many buckets. It precedes the counter in the key, so that expired entries are contiguous and can be
 * removed in key order. The bucket follows the counter, so that one range scan reads the buckets of one counter in one period.
 */
final class BucketKey {
    /** The end of the year 9999: no later time can be written as RFC 3339. */
    static final long MILLIS_MAX = 253_402_300_799_999L;

    private static final byte PREFIX = 'h';
    private static final int HEAD_BYTES = 2 + Integer.BYTES;
    private static final int TAIL_BYTES = 1 + Integer.BYTES;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private BucketKey() {}

    /** The index of a step, from 0. Must never change, since it is part of the stored format. */
    static int index(Step step) {
        return switch (step) {
            case MINUTE -> 0;
            case HOUR -> 1;
            case DAY -> 2;
        };
    }

    /** The number of buckets of a period: about a twelfth of the default retention. */
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

    /** A key before every bucket of the period and after all buckets of earlier periods. */
    static Bytes startOf(Step step, long period) {
        return Bytes.wrap(ByteBuffer.allocate(HEAD_BYTES)
                .put(PREFIX)
                .put((byte) index(step))
                .putInt((int) period)
                .array());
    }

    /** A key after every bucket of the step. */
    static Bytes endOf(Step step) {
        return startOf(step, UNSIGNED);
    }

    static long periodOf(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(2) & UNSIGNED;
    }

    static Step stepOf(byte[] key) {
        for (Step step : Step.values()) {
            if (index(step) == key[1]) {
                return step;
            }
        }
        throw new IllegalArgumentException("A bucket of step " + key[1]);
    }

    static byte[] counterOf(byte[] key) {
        return Arrays.copyOfRange(key, HEAD_BYTES, key.length - TAIL_BYTES);
    }
}
