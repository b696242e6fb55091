package dev.tally.streams.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/**
 * How the state is written in the store and its changelog. Keys start with one byte that says what they are:
 *
 * <pre>
 * 't' key   a total:  flags (1: exists)  total  lastOffset  lastTime  lastOffset-firstOffset  lastTime-firstTime  adds  sets
 * 'm'       the mark: format  offset  logTime
 * </pre>
 *
 * <p>All numbers are zigzag varints. The format belongs to the generation, as the application id does: an
 * instance that meets another format stops rather than misread it. Not safe for use by several threads at once.
 */
final class StateFormat {
    /** Raised whenever what is written could be misread by an earlier reader. */
    static final byte FORMAT = 1;

    static final byte TOTAL_PREFIX = 't';
    static final Bytes MARK_KEY = Bytes.wrap(new byte[] {'m'});

    private static final byte EXISTS = 1;
    private static final int LONGS_MAX = 8;
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
        return new CounterSnapshot(exists, total, adds, sets, firstOffset, firstTime, lastOffset, lastTime);
    }

    byte[] mark(long offset, long logTime) {
        scratch.clear();
        scratch.put(FORMAT);
        ByteUtils.writeVarlong(offset, scratch);
        ByteUtils.writeVarlong(logTime, scratch);
        return written();
    }

    /** @throws IllegalStateException if the state was written in another format than {@link #FORMAT} */
    static CounterView.Position mark(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "The state is written in format " + format + " and this version reads format " + FORMAT
                            + " only: rebuild it from the log under a new generation");
        }
        return new CounterView.Position(ByteUtils.readVarlong(in), ByteUtils.readVarlong(in));
    }

    private byte[] written() {
        byte[] bytes = new byte[scratch.position()];
        scratch.flip();
        scratch.get(bytes);
        return bytes;
    }
}
