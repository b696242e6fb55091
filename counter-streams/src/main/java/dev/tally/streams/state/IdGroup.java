package dev.tally.streams.state;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The ids that were written together, in log order, so that they can be removed together: an entry for each id apart would
 * double what is written. Groups are in the store in log order too, so the oldest is the first.
 *
 * <pre>
 * 'e' firstOffset → lastTime (offset-firstOffset length key)*      8 bytes, then varints; each key without its prefix
 * </pre>
 *
 * <p>It is walked once, by {@link #next}. Not for use by several threads.
 */
final class IdGroup {
    static final int IDS_MAX = 500;

    private static final byte PREFIX = 'e';
    static final Bytes FIRST_KEY = key(0);
    static final Bytes LAST_KEY = key(Long.MAX_VALUE);

    private final Bytes stateKey;
    private final byte[] value;
    private final ByteBuffer ids;
    private final long firstOffset;
    private final long lastTime;

    /**
     * An id of the group.
     *
     * @param stateKey of its {@link RememberedId}
     * @param offset of the event that applied it
     */
    record Member(Bytes stateKey, long offset) {}

    private IdGroup(Bytes stateKey, byte[] value) {
        this.stateKey = stateKey;
        this.value = value;
        this.ids = ByteBuffer.wrap(value);
        this.firstOffset = ByteBuffer.wrap(stateKey.get()).getLong(1);
        this.lastTime = ByteUtils.readVarlong(ids);
    }

    static IdGroup read(Bytes stateKey, byte[] value) {
        return new IdGroup(stateKey, value);
    }

    /** @param ids at least one, in log order */
    static IdGroup of(List<RememberedId> ids) {
        long firstOffset = ids.get(0).offset();
        long lastTime = ids.get(ids.size() - 1).logTime();
        int size = ByteUtils.sizeOfVarlong(lastTime);
        for (RememberedId id : ids) {
            int length = id.stateKey().get().length - 1;
            size += ByteUtils.sizeOfVarlong(id.offset() - firstOffset) + ByteUtils.sizeOfVarint(length) + length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        ByteUtils.writeVarlong(lastTime, out);
        for (RememberedId id : ids) {
            byte[] key = id.stateKey().get();
            ByteUtils.writeVarlong(id.offset() - firstOffset, out);
            ByteUtils.writeVarint(key.length - 1, out);
            out.put(key, 1, key.length - 1);
        }
        return new IdGroup(key(firstOffset), out.array());
    }

    private static Bytes key(long firstOffset) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                .put(PREFIX)
                .putLong(firstOffset)
                .array());
    }

    Bytes stateKey() {
        return stateKey;
    }

    byte[] value() {
        return value;
    }

    /** The log time at which the youngest of its ids was applied: when that has expired, all have. */
    long lastTime() {
        return lastTime;
    }

    /** The next id, or null after the last one. */
    @Nullable
    Member next() {
        if (!ids.hasRemaining()) {
            return null;
        }
        long offset = firstOffset + ByteUtils.readVarlong(ids);
        byte[] key = new byte[ByteUtils.readVarint(ids) + 1];
        key[0] = RememberedId.PREFIX;
        ids.get(key, 1, key.length - 1);
        return new Member(Bytes.wrap(key), offset);
    }
}
