package dev.tally.schemas.wire;

import dev.tally.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Writes the value of one record of {@code tally.events}. The layout of {@code CounterEvent} is fixed and flat, so the
 * bytes are counted and then written, with no Avro record, encoder or buffer in between; a test holds them equal to what
 * Avro writes. Immutable, safe for use by any thread.
 */
public final class EventEncoder {
    private static final int NULL = 0;
    private static final int STRING = 1;

    private final int schemaId;

    /** @param schemaId the id to write in the frame; its schema must have the layout of today's {@code CounterEvent} */
    public EventEncoder(int schemaId) {
        this.schemaId = schemaId;
    }

    /** An encoder that writes the fixed id of the newest released {@code CounterEvent}. */
    public static EventEncoder released() {
        return new EventEncoder(ReleasedSchemas.get().eventId());
    }

    /**
     * One event, framed: an array of its own, of exactly its size.
     *
     * @param operation ADD, SET or DELETE
     * @param value the delta, the new total, or 0
     * @param occurredAtMillis milliseconds since 1970, UTC
     * @throws IllegalArgumentException if the operation is UNKNOWN, which is not for writing
     */
    @SuppressWarnings("EnumOrdinal") // Avro generates the enum: its ordinals are the schema's symbols
    public byte[] encode(
            Operation operation, long value, @Nullable String id, long occurredAtMillis, @Nullable String source) {
        if (operation == Operation.UNKNOWN) {
            throw new IllegalArgumentException("operation: UNKNOWN (expected: ADD, SET or DELETE)");
        }
        int idBytes = id == null ? 0 : Utf8.size(id);
        int sourceBytes = source == null ? 0 : Utf8.size(source);
        byte[] record = new byte
                [Frame.BYTES
                        + 1 // the operation
                        + Varint.size(value)
                        + size(id, idBytes)
                        + Varint.size(occurredAtMillis)
                        + size(source, sourceBytes)];
        int at = Frame.write(schemaId, record);
        at = Varint.write(operation.ordinal(), record, at);
        at = Varint.write(value, record, at);
        at = write(id, idBytes, record, at);
        at = Varint.write(occurredAtMillis, record, at);
        write(source, sourceBytes, record, at);
        return record;
    }

    private static int size(@Nullable String text, int textBytes) {
        return text == null ? 1 : 1 + Varint.size(textBytes) + textBytes;
    }

    private static int write(@Nullable String text, int textBytes, byte[] record, int at) {
        if (text == null) {
            return Varint.write(NULL, record, at);
        }
        int next = Varint.write(STRING, record, at);
        next = Varint.write(textBytes, record, next);
        return Utf8.write(text, record, next);
    }
}
