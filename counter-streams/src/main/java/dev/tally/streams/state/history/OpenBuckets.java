package dev.tally.streams.state.history;

import dev.tally.schemas.read.Step;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * The newest minute, hour and day of one counter's history, and the buckets that it left recently. They are part of the counter's
 * own entry in the store, so that an event in one of these buckets needs no write except that of its total. When enough buckets
 * are left, they are written together as a separate entry.
 *
 * <pre>
 * minute (sum)* [(carries)*] [(length left)*]
 *       zigzag varints; of the minute, the hour and the day; carries if it is wide; lengths and LeftBuckets if it has left some
 * </pre>
 *
 * <p>For the stream thread.
 */
public final class OpenBuckets {
    public static final int LONGS_MAX = 7 + 3;
    public static final int LEFT_BYTES_MAX = 3 * LeftBuckets.BYTES_MAX;

    private static final long NONE = -1;
    private static final long MINUTES_OF_HOUR = 60;
    private static final long MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR;

    private long minute = NONE;
    /** The low halves. */
    private long minuteSum;

    private long hourSum;
    private long daySum;
    /** The carries of the minute, the hour and the day, once one of the sums has overflowed. */
    private long @Nullable [] carries;

    /** By step; null until a bucket was left. */
    private LeftBuckets @Nullable [] left;

    private boolean storedAhead;

    public boolean isEmpty() {
        return minute == NONE;
    }

    public boolean isWide() {
        return carries != null;
    }

    public boolean hasLeft() {
        LeftBuckets[] some = left;
        if (some != null) {
            for (LeftBuckets each : some) {
                if (!each.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The left buckets that have no separate entry yet. */
    LeftBuckets left(Step step) {
        LeftBuckets[] some = left;
        if (some == null) {
            some = new LeftBuckets[] {new LeftBuckets(), new LeftBuckets(), new LeftBuckets()};
            left = some;
        }
        return some[BucketKey.index(step)];
    }

    /** Whether a value was added to a bucket later than these, which therefore already has a separate entry. */
    public boolean isStoredAhead() {
        return storedAhead;
    }

    void storedAhead() {
        storedAhead = true;
    }

    /** The newest minute, numbered as by {@link Step#bucket}. */
    long minute() {
        return minute;
    }

    /** The number of the bucket of a step. */
    long bucket(Step step) {
        return switch (step) {
            case MINUTE -> minute;
            case HOUR -> minute / MINUTES_OF_HOUR;
            case DAY -> minute / MINUTES_OF_DAY;
        };
    }

    /** Sets the newest minute. */
    void open(long newMinute) {
        minute = newMinute;
    }

    /** Adds to the bucket of every step. */
    void add(long value) {
        add(Step.MINUTE, value);
        add(Step.HOUR, value);
        add(Step.DAY, value);
    }

    void add(Step step, long value) {
        long before = low(step);
        long after = before + value;
        put(step, after);
        long carry = WideSum.carry(before, value, after);
        if (carry != 0) {
            widened()[BucketKey.index(step)] += carry;
        }
    }

    WideSum sum(Step step) {
        long[] wide = carries;
        return new WideSum(low(step), wide == null ? 0 : wide[BucketKey.index(step)]);
    }

    void reset(Step step) {
        put(step, 0);
        if (carries != null) {
            carries[BucketKey.index(step)] = 0;
        }
    }

    private long low(Step step) {
        return switch (step) {
            case MINUTE -> minuteSum;
            case HOUR -> hourSum;
            case DAY -> daySum;
        };
    }

    private void put(Step step, long low) {
        switch (step) {
            case MINUTE -> minuteSum = low;
            case HOUR -> hourSum = low;
            case DAY -> daySum = low;
        }
    }

    private long[] widened() {
        long[] wide = carries;
        if (wide == null) {
            wide = new long[Step.values().length];
            carries = wide;
        }
        return wide;
    }

    public void clear() {
        minute = NONE;
        minuteSum = 0;
        hourSum = 0;
        daySum = 0;
        carries = null;
        left = null;
        storedAhead = false;
    }

    public void write(ByteBuffer out) {
        ByteUtils.writeVarlong(minute, out);
        ByteUtils.writeVarlong(minuteSum, out);
        ByteUtils.writeVarlong(hourSum, out);
        ByteUtils.writeVarlong(daySum, out);
        if (carries != null) {
            for (long carry : carries) {
                ByteUtils.writeVarlong(carry, out);
            }
        }
        LeftBuckets[] some = left;
        if (some != null && hasLeft()) {
            for (LeftBuckets each : some) {
                ByteUtils.writeVarlong(each.length(), out);
                each.write(out);
            }
        }
    }

    public static OpenBuckets read(ByteBuffer in, boolean wide, boolean storedAhead, boolean hasLeft) {
        OpenBuckets open = new OpenBuckets();
        open.storedAhead = storedAhead;
        open.minute = ByteUtils.readVarlong(in);
        open.minuteSum = ByteUtils.readVarlong(in);
        open.hourSum = ByteUtils.readVarlong(in);
        open.daySum = ByteUtils.readVarlong(in);
        if (wide) {
            long[] carries = open.widened();
            for (int i = 0; i < carries.length; i++) {
                carries[i] = ByteUtils.readVarlong(in);
            }
        }
        if (hasLeft) {
            LeftBuckets[] some = new LeftBuckets[Step.values().length];
            for (int i = 0; i < some.length; i++) {
                byte[] bytes = new byte[(int) ByteUtils.readVarlong(in)];
                in.get(bytes);
                some[i] = LeftBuckets.read(bytes);
            }
            open.left = some;
        }
        return open;
    }
}
