package dev.tally.streams.state.counter;

import dev.tally.streams.state.entry.StateKeys;
import dev.tally.streams.state.history.OpenBuckets;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/**
 * The format of the state in the store and its changelog. The first byte of a key is its type:
 *
 * <pre>
 * 't' key   a counter: flags  total  lastOffset  lastTime  lastOffset-firstOffset  lastTime-firstTime
 *                      adds  sets  duplicates  deletes  [buckets, see OpenBuckets]
 *           flags: 1 exists, 2 in the index of the largest, 4 with buckets, 8 which are wide, 16 and others are ahead of them,
 *                  32 and some that were left
 * 'm'       the applied offset: offset  streamTime  appendTime, see AppliedOffset
 * 'h'       buckets of histories, see BucketKey and StoredBuckets
 * 'n' 'x' 'l'  the index of the largest totals, see TopIndex
 * 'e'       ids, see RecentIds and IdGroup
 * 'i' 's'   ids, see OlderIds
 * 'g'       the parameters of the state, see StateParameters
 * </pre>
 *
 * <p>All numbers are zigzag varints. Not thread-safe.
 */
public final class StateFormat {
    public static final byte TOTAL_PREFIX = 't';

    private static final int EXISTS = 1;
    private static final int INDEXED = 2;
    private static final int BUCKETS = 4;
    private static final int WIDE = 8;
    private static final int STORED_AHEAD = 16;
    private static final int LEFT = 32;
    private static final int LONGS_MAX = 9 + OpenBuckets.LONGS_MAX;
    private static final int VARINT_BYTES_MAX = 10;

    private final ByteBuffer scratch =
            ByteBuffer.allocate(1 + LONGS_MAX * VARINT_BYTES_MAX + OpenBuckets.LEFT_BYTES_MAX);

    public static Bytes totalKey(byte[] key) {
        return StateKeys.prefixed(TOTAL_PREFIX, key);
    }

    public byte[] total(CounterSnapshot counter, boolean indexed, OpenBuckets buckets) {
        int flags = (counter.exists() ? EXISTS : 0) | (indexed ? INDEXED : 0);
        if (!buckets.isEmpty() || buckets.isStoredAhead()) {
            flags |= BUCKETS | (buckets.isWide() ? WIDE : 0) | (buckets.isStoredAhead() ? STORED_AHEAD : 0);
            flags |= buckets.hasLeft() ? LEFT : 0;
        }
        scratch.clear();
        scratch.put((byte) flags);
        ByteUtils.writeVarlong(counter.total(), scratch);
        ByteUtils.writeVarlong(counter.lastOffset(), scratch);
        ByteUtils.writeVarlong(counter.lastTime(), scratch);
        ByteUtils.writeVarlong(counter.lastOffset() - counter.firstOffset(), scratch);
        ByteUtils.writeVarlong(counter.lastTime() - counter.firstTime(), scratch);
        ByteUtils.writeVarlong(counter.adds(), scratch);
        ByteUtils.writeVarlong(counter.sets(), scratch);
        ByteUtils.writeVarlong(counter.duplicates(), scratch);
        ByteUtils.writeVarlong(counter.deletes(), scratch);
        if ((flags & BUCKETS) != 0) {
            buckets.write(scratch);
        }
        return written();
    }

    public static boolean isIndexed(byte[] stored) {
        return (stored[0] & INDEXED) != 0;
    }

    /**
     * Reads the buckets, which follow the total.
     *
     * @param in must be positioned after the total by {@link #total(ByteBuffer)}
     */
    public static OpenBuckets buckets(ByteBuffer in) {
        int flags = in.get(0);
        return (flags & BUCKETS) == 0
                ? new OpenBuckets()
                : OpenBuckets.read(in, (flags & WIDE) != 0, (flags & STORED_AHEAD) != 0, (flags & LEFT) != 0);
    }

    public static CounterSnapshot total(byte[] stored) {
        return total(ByteBuffer.wrap(stored));
    }

    /** Reads the total and leaves the buffer positioned after it. */
    public static CounterSnapshot total(ByteBuffer in) {
        boolean exists = (in.get() & EXISTS) != 0;
        long total = ByteUtils.readVarlong(in);
        long lastOffset = ByteUtils.readVarlong(in);
        long lastTime = ByteUtils.readVarlong(in);
        long firstOffset = lastOffset - ByteUtils.readVarlong(in);
        long firstTime = lastTime - ByteUtils.readVarlong(in);
        long adds = ByteUtils.readVarlong(in);
        long sets = ByteUtils.readVarlong(in);
        long duplicates = ByteUtils.readVarlong(in);
        long deletes = ByteUtils.readVarlong(in);
        return new CounterSnapshot(
                exists, total, adds, sets, duplicates, deletes, firstOffset, firstTime, lastOffset, lastTime);
    }

    private byte[] written() {
        byte[] bytes = new byte[scratch.position()];
        scratch.flip();
        scratch.get(bytes);
        return bytes;
    }
}
