package dev.tally.streams.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/**
 * How the state is written in the store and its changelog. Keys start with one byte that says what they are:
 *
 * <pre>
 * 't' key   a total:  flags (1: exists)  total  lastOffset  lastTime  lastOffset-firstOffset  lastTime-firstTime
 *                     adds  sets  duplicates  deletes
 * 'm'       the mark: offset  logTime
 * 'i' 'e'   ids, see RememberedId and IdGroup
 * 'g'       the generation, see Generation
 * </pre>
 *
 * <p>All numbers are zigzag varints. Not safe for use by several threads at once.
 */
final class StateFormat {
    static final byte TOTAL_PREFIX = 't';
    static final Bytes MARK_KEY = Bytes.wrap(new byte[] {'m'});

    private static final byte EXISTS = 1;
    private static final int LONGS_MAX = 9;
    private static final int VARINT_BYTES_MAX = 10;

    private final ByteBuffer scratch = ByteBuffer.allocate(1 + LONGS_MAX * VARINT_BYTES_MAX);

    static Bytes totalKey(byte[] key) {
        byte[] stateKey = new byte[key.length + 1];
        stateKey[0] = TOTAL_PREFIX;
        System.arraycopy(key, 0, stateKey, 1, key.length);
        return Bytes.wrap(stateKey);
    }

    byte[] total(CounterSnapshot counter) {
        scratch.clear();
        scratch.put(counter.exists() ? EXISTS : 0);
        ByteUtils.writeVarlong(counter.total(), scratch);
        ByteUtils.writeVarlong(counter.lastOffset(), scratch);
        ByteUtils.writeVarlong(counter.lastTime(), scratch);
        ByteUtils.writeVarlong(counter.lastOffset() - counter.firstOffset(), scratch);
        ByteUtils.writeVarlong(counter.lastTime() - counter.firstTime(), scratch);
        ByteUtils.writeVarlong(counter.adds(), scratch);
        ByteUtils.writeVarlong(counter.sets(), scratch);
        ByteUtils.writeVarlong(counter.duplicates(), scratch);
        ByteUtils.writeVarlong(counter.deletes(), scratch);
        return written();
    }

    static CounterSnapshot total(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        boolean exists = in.get() == EXISTS;
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

    byte[] mark(long offset, long logTime) {
        scratch.clear();
        ByteUtils.writeVarlong(offset, scratch);
        ByteUtils.writeVarlong(logTime, scratch);
        return written();
    }

    static CounterView.Position mark(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        return new CounterView.Position(ByteUtils.readVarlong(in), ByteUtils.readVarlong(in));
    }

    private byte[] written() {
        byte[] bytes = new byte[scratch.position()];
        scratch.flip();
        scratch.get(bytes);
        return bytes;
    }
}
