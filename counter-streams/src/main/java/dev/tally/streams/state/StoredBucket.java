package dev.tally.streams.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * A bucket with an entry of its own.
 *
 * <pre>
 * life sum      zigzag varints, see WideSum
 * </pre>
 *
 * @param life the offset of the event that made the counter exist: what was added before it was deleted is no longer its
 * @param sum of what was added in the bucket
 */
record StoredBucket(long life, WideSum sum) {
    static StoredBucket read(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        return new StoredBucket(ByteUtils.readVarlong(in), WideSum.read(in));
    }

    byte[] value() {
        ByteBuffer out = ByteBuffer.allocate(ByteUtils.sizeOfVarlong(life) + sum.size());
        ByteUtils.writeVarlong(life, out);
        sum.write(out);
        return out.array();
    }
}
