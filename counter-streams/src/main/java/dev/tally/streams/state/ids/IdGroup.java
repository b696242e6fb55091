package dev.tally.streams.state.ids;

import dev.tally.schemas.read.EventContent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * IDs that were applied consecutively, in one entry of the store. One entry for each ID would cost a put, a deletion and two
 * changelog records for each ID.
 *
 * <pre>
 * prefix number → lastTime ids (offset streamTime operation [value] length counter 0 id)*
 *     number 8 bytes, lastTime 8 bytes, ids 4 bytes; operation and value as in {@link RememberedId}; others zigzag varints,
 *     offset and streamTime as the difference from the previous ID
 * </pre>
 *
 * <p>Threads: the stream thread adds IDs; any thread may call {@link #find} concurrently.
 */
final class IdGroup {
    /** The size of one read of RocksDB. */
    static final int BYTES_MAX = 4_096;

    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
    /** Maximum size of an ID without its name. */
    private static final int ID_BYTES_MAX = 3 * 10 + 1 + 5;

    private final long number;
    private final ByteBuffer out;
    private final byte[] bytes;
    /** The number of bytes that may be read. */
    private volatile int length;

    private int ids;
    private long lastOffset;
    private long lastTime;

    private IdGroup(long number, byte[] bytes, int length) {
        this.number = number;
        this.bytes = bytes;
        this.out = ByteBuffer.wrap(bytes).position(HEADER_BYTES);
        this.length = length;
    }

    static IdGroup empty(long number) {
        return new IdGroup(number, new byte[BYTES_MAX], HEADER_BYTES);
    }

    static IdGroup read(long number, byte[] value) {
        IdGroup group = new IdGroup(number, value, value.length);
        group.lastTime = group.out.getLong(0);
        group.ids = group.out.getInt(Long.BYTES);
        return group;
    }

    static Bytes key(byte prefix, long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(prefix).putLong(number).array());
    }

    static long number(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }

    /** Adds the ID. Returns false if the group has no room for it. */
    boolean add(byte[] counter, byte[] id, EventContent content, long offset, long streamTime) {
        int nameLength = counter.length + 1 + id.length;
        if (out.remaining() < nameLength + ID_BYTES_MAX) {
            return false;
        }
        ByteUtils.writeVarlong(offset - lastOffset, out);
        ByteUtils.writeVarlong(streamTime - lastTime, out);
        RememberedId.write(content, out);
        ByteUtils.writeVarint(nameLength, out);
        out.put(counter).put((byte) 0).put(id);
        lastOffset = offset;
        lastTime = streamTime;
        ids++;
        length = out.position();
        return true;
    }

    byte[] value() {
        out.putLong(0, lastTime).putInt(Long.BYTES, ids);
        return Arrays.copyOf(bytes, length);
    }

    long number() {
        return number;
    }

    int ids() {
        return ids;
    }

    /** The stream time at which the newest of its IDs was applied. When that ID has expired, all have. */
    long lastTime() {
        return lastTime;
    }

    /** The last application of the ID in this group, or null if it is not in the group. Any thread. */
    @Nullable
    RememberedId find(byte[] counter, byte[] id) {
        RememberedId found = null;
        for (Cursor cursor = cursor(); cursor.next(); ) {
            if (cursor.isFor(counter, id)) {
                found = cursor.applied();
            }
        }
        return found;
    }

    Cursor cursor() {
        return new Cursor(bytes, length);
    }

    /** Iterates over the IDs of a group, in order. */
    static final class Cursor {
        private final byte[] bytes;
        private final ByteBuffer in;
        private long offset;
        private long streamTime;
        private int contentAt;
        private int nameAt;
        private int nameEnd;

        private Cursor(byte[] bytes, int length) {
            this.bytes = bytes;
            this.in = ByteBuffer.wrap(bytes, 0, length);
            this.nameEnd = HEADER_BYTES;
        }

        boolean next() {
            in.position(nameEnd);
            if (!in.hasRemaining()) {
                return false;
            }
            offset += ByteUtils.readVarlong(in);
            streamTime += ByteUtils.readVarlong(in);
            contentAt = in.position();
            RememberedId.skipContent(in);
            int nameLength = ByteUtils.readVarint(in);
            nameAt = in.position();
            nameEnd = nameAt + nameLength;
            return true;
        }

        RememberedId applied() {
            return new RememberedId(
                    offset, streamTime, RememberedId.readContent(in.duplicate().position(contentAt)));
        }

        /** Counter, 0 and id. */
        byte[] name() {
            return Arrays.copyOfRange(bytes, nameAt, nameEnd);
        }

        byte[] counter() {
            return Arrays.copyOfRange(bytes, nameAt, idAt() - 1);
        }

        byte[] id() {
            return Arrays.copyOfRange(bytes, idAt(), nameEnd);
        }

        private int idAt() {
            int at = nameAt;
            while (bytes[at] != 0) {
                at++;
            }
            return at + 1;
        }

        private boolean isFor(byte[] counter, byte[] id) {
            int idAt = nameAt + counter.length + 1;
            return nameEnd == idAt + id.length
                    && bytes[idAt - 1] == 0
                    && Arrays.equals(id, 0, id.length, bytes, idAt, nameEnd)
                    && Arrays.equals(counter, 0, counter.length, bytes, nameAt, idAt - 1);
        }
    }
}
