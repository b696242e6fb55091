package dev.tally.streams.state.ids;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * An ID that was applied to a counter.
 *
 * @param offset the offset of the event that applied it
 * @param streamTime the stream time of that event, in milliseconds since 1970
 * @param content the content of that event; another event with this ID is a duplicate if it has the same content
 */
public record RememberedId(long offset, long streamTime, EventContent content) {
    private static final byte ADD = 1;
    private static final byte SET = 2;
    private static final byte DELETE = 3;

    /** No counter name contains a zero byte, so the result is unique. */
    static byte[] name(byte[] counter, byte[] id) {
        byte[] name = new byte[counter.length + id.length + 1];
        System.arraycopy(counter, 0, name, 0, counter.length);
        System.arraycopy(id, 0, name, counter.length + 1, id.length);
        return name;
    }

    /** Writes the operation as 1 byte (1 ADD, 2 SET, 3 DELETE), then the value as a zigzag varint; DELETE has no value. */
    static void write(EventContent content, ByteBuffer out) {
        switch (content.operation()) {
            case ADD -> out.put(ADD);
            case SET -> out.put(SET);
            case DELETE -> out.put(DELETE);
            case UNKNOWN -> throw new AssertionError("no event of an unknown operation is applied");
        }
        if (content.operation() != Operation.DELETE) {
            ByteUtils.writeVarlong(content.value(), out);
        }
    }

    static void skipContent(ByteBuffer in) {
        if (in.get() != DELETE) {
            ByteUtils.readVarlong(in);
        }
    }

    static EventContent readContent(ByteBuffer in) {
        byte code = in.get();
        return switch (code) {
            case ADD -> new EventContent(Operation.ADD, ByteUtils.readVarlong(in));
            case SET -> new EventContent(Operation.SET, ByteUtils.readVarlong(in));
            case DELETE -> new EventContent(Operation.DELETE, 0);
            default -> throw new IllegalStateException("An id in the state was applied by the operation " + code);
        };
    }
}
