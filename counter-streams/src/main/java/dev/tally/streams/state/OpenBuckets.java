package dev.tally.streams.state;

import dev.tally.schemas.read.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The newest minute, hour and day of one counter's history. They are part of the counter's own entry in the store, so that an
 * event which falls into them costs no write but the one of its total; when an event of a later minute comes, the buckets that
 * it leaves get entries of their own.
 *
 * <pre>
 * minute (sum)*       or, wide, minute (sum carries)*      zigzag varints; of the minute, the hour and the day
 * </pre>
 *
 * <p>For the fold's thread.
 */
final class OpenBuckets {
    static final int LONGS_MAX = 7;

    private static final Step[] STEPS = Step.values();
    private static final long NONE = -1;

    private long minute = NONE;
    /** By step: the low halves, and behind them, once one has overflowed, the carries. */
    private long[] sums = new long[STEPS.length];

    private boolean storedAhead;

    boolean isEmpty() {
        return minute == NONE;
    }

    boolean isWide() {
        return sums.length > STEPS.length;
    }

    /** Whether something was added to a bucket later than these, which therefore has an entry of its own already. */
    boolean isStoredAhead() {
        return storedAhead;
    }

    void storedAhead() {
        storedAhead = true;
    }

    /** The number of the bucket of a step. */
    long bucket(Step step) {
        return minute / (step.length().toMillis() / Step.MINUTE.length().toMillis());
    }

    /** Makes another minute the newest. */
    void open(long newMinute) {
        minute = newMinute;
    }

    void add(Step step, long value) {
        int i = BucketKey.index(step);
        long before = sums[i];
        sums[i] = before + value;
        long carry = WideSum.carry(before, value, sums[i]);
        if (carry != 0) {
            widen();
            sums[STEPS.length + i] += carry;
        }
    }

    WideSum sum(Step step) {
        int i = BucketKey.index(step);
        return new WideSum(sums[i], isWide() ? sums[STEPS.length + i] : 0);
    }

    void reset(Step step) {
        sums[BucketKey.index(step)] = 0;
        if (isWide()) {
            sums[STEPS.length + BucketKey.index(step)] = 0;
        }
    }

    private void widen() {
        if (!isWide()) {
            sums = Arrays.copyOf(sums, 2 * STEPS.length);
        }
    }

    void clear() {
        minute = NONE;
        sums = new long[STEPS.length];
        storedAhead = false;
    }

    void write(ByteBuffer out) {
        ByteUtils.writeVarlong(minute, out);
        for (long sum : sums) {
            ByteUtils.writeVarlong(sum, out);
        }
    }

    static OpenBuckets read(ByteBuffer in, boolean wide, boolean storedAhead) {
        OpenBuckets open = new OpenBuckets();
        open.storedAhead = storedAhead;
        open.minute = ByteUtils.readVarlong(in);
        if (wide) {
            open.widen();
        }
        for (int i = 0; i < open.sums.length; i++) {
            open.sums[i] = ByteUtils.readVarlong(in);
        }
        return open;
    }
}
