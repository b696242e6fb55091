package dev.tally.streams.state;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;

/**
 * An id that was applied to a counter.
 *
 * <pre>
 * 'i' counter 0 id → operation offset logTime [value]      operation 1 byte: 1 ADD, 2 SET, 3 DELETE, which has no value;
 *                                                           then zigzag varints
 * </pre>
 *
 * @param stateKey under which the store holds it: no counter's name holds a zero byte, so no two meet
 * @param offset of the event that applied it
 * @param logTime of that event, in milliseconds since 1970
 * @param content of that event: another event with this id is its duplicate if it has the same
 */
public record RememberedId(Bytes stateKey, long offset, long logTime, EventContent content) {
    static final byte PREFIX = 'i';

    private static final byte ADD = 1;
    private static final byte SET = 2;
    private static final byte DELETE = 3;

    static byte[] key(byte[] counter, byte[] id) {
        byte[] key = new byte[counter.length + id.length + 2];
        key[0] = PREFIX;
        System.arraycopy(counter, 0, key, 1, counter.length);
        System.arraycopy(id, 0, key, counter.length + 2, id.length);
        return key;
    }

    static RememberedId of(Bytes stateKey, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        Operation operation = operation(in.get());
        long offset = ByteUtils.readVarlong(in);
        long logTime = ByteUtils.readVarlong(in);
        long number = operation == Operation.DELETE ? 0 : ByteUtils.readVarlong(in);
        return new RememberedId(stateKey, offset, logTime, new EventContent(operation, number));
    }

    byte[] value() {
        boolean hasValue = content.operation() != Operation.DELETE;
        ByteBuffer out = ByteBuffer.allocate(1
                + ByteUtils.sizeOfVarlong(offset)
                + ByteUtils.sizeOfVarlong(logTime)
                + (hasValue ? ByteUtils.sizeOfVarlong(content.value()) : 0));
        out.put(code(content.operation()));
        ByteUtils.writeVarlong(offset, out);
        ByteUtils.writeVarlong(logTime, out);
        if (hasValue) {
            ByteUtils.writeVarlong(content.value(), out);
        }
        return out.array();
    }

    private static byte code(Operation operation) {
        return switch (operation) {
            case ADD -> ADD;
            case SET -> SET;
            case DELETE -> DELETE;
            case UNKNOWN -> throw new AssertionError("no event of an unknown operation is applied");
        };
    }

    private static Operation operation(byte code) {
        return switch (code) {
            case ADD -> Operation.ADD;
            case SET -> Operation.SET;
            case DELETE -> Operation.DELETE;
            default -> throw new IllegalStateException("An id in the state was applied by the operation " + code);
        };
    }
}
