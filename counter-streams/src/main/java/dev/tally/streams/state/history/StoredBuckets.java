package dev.tally.streams.state.history;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Buckets in a separate entry, with the key of the first bucket.
 *
 * <pre>
 * life buckets     life a zigzag varint, see LeftBuckets
 * </pre>
 *
 * @param life the offset of the event that created the counter; values added before its last deletion no longer belong to it
 */
record StoredBuckets(long life, LeftBuckets buckets) {
    static StoredBuckets read(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long life = ByteUtils.readVarlong(in);
        return new StoredBuckets(life, LeftBuckets.read(Arrays.copyOfRange(value, in.position(), value.length)));
    }

    byte[] value() {
        ByteBuffer out = ByteBuffer.allocate(ByteUtils.sizeOfVarlong(life) + buckets.length());
        ByteUtils.writeVarlong(life, out);
        buckets.write(out);
        return out.array();
    }
}
