package dev.tally.streams.state.store;

import dev.tally.streams.state.serving.CounterView;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/**
 * The applied offset of a partition, which is the offset of the last record that counting has processed (counted, dropped or
 * rejected), with two times. The append time of that record identifies a log that was replaced. The stream time is the maximum
 * append time up to that record.
 *
 * <p>The partition's stream thread changes it as the last step of every record; any thread may read it.
 */
final class AppliedOffset extends SequenceLock {
    /** The offset and the stream time before the first record. */
    static final long NOTHING = -1;

    static final Bytes KEY = Bytes.wrap(new byte[] {'m'});

    private static final int BYTES_MAX = 3 * 10;

    private long offset = NOTHING;
    private long streamTime = NOTHING;
    private long appendTime = NOTHING;

    /** Stream thread only. */
    long offset() {
        return offset;
    }

    /** Stream thread only: milliseconds since 1970. */
    long streamTime() {
        return streamTime;
    }

    /** Stream thread only: append time of the record at the offset, milliseconds since 1970. */
    long appendTime() {
        return appendTime;
    }

    void set(long newOffset, long newStreamTime, long newAppendTime) {
        beginChange();
        offset = newOffset;
        streamTime = newStreamTime;
        appendTime = newAppendTime;
        endChange();
    }

    /** Stream thread only: the value of its entry in the store. */
    byte[] value() {
        ByteBuffer out = ByteBuffer.allocate(BYTES_MAX);
        ByteUtils.writeVarlong(offset, out);
        ByteUtils.writeVarlong(streamTime, out);
        ByteUtils.writeVarlong(appendTime, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Sets what an entry of the store holds. */
    void read(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        set(ByteUtils.readVarlong(in), ByteUtils.readVarlong(in), ByteUtils.readVarlong(in));
    }

    CounterView.Position position() {
        while (true) {
            int seen = beginRead();
            long readOffset = offset;
            long readStreamTime = streamTime;
            if (!changedSince(seen)) {
                return new CounterView.Position(readOffset, readStreamTime);
            }
        }
    }
}
