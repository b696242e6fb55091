package dev.tally.streams.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/**
 * An id that was applied to a counter.
 *
 * <pre>
 * 'i' counter 0 id → offset logTime      zigzag varints
 * </pre>
 *
 * @param stateKey under which the store holds it: no counter's name holds a zero byte, so no two meet
 * @param offset of the event that applied it
 * @param logTime of that event, in milliseconds since 1970
 */
record RememberedId(Bytes stateKey, long offset, long logTime) {
    static final byte PREFIX = 'i';

    static byte[] key(byte[] counter, byte[] id) {
        byte[] key = new byte[counter.length + id.length + 2];
        key[0] = PREFIX;
        System.arraycopy(counter, 0, key, 1, counter.length);
        System.arraycopy(id, 0, key, counter.length + 2, id.length);
        return key;
    }

    static RememberedId of(Bytes stateKey, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        return new RememberedId(stateKey, ByteUtils.readVarlong(in), ByteUtils.readVarlong(in));
    }

    byte[] value() {
        ByteBuffer out = ByteBuffer.allocate(ByteUtils.sizeOfVarlong(offset) + ByteUtils.sizeOfVarlong(logTime));
        ByteUtils.writeVarlong(offset, out);
        ByteUtils.writeVarlong(logTime, out);
        return out.array();
    }
}
