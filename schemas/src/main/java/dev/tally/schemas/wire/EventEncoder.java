package dev.tally.schemas.wire;

import dev.tally.Operation;
import dev.tally.schemas.utf8.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values of {@code tally.events}. The layout of {@code CounterEvent} is fixed and flat, so the size is computed and
 * the bytes are written directly, without an Avro record, encoder or buffer. A test compares them with what Avro writes.
 * Immutable and thread-safe.
 */
public final class EventEncoder {
    private static final int NULL = 0;
    private static final int STRING = 1;

    private final int schemaId;

    /** @param schemaId the id to write in the frame; its schema must have the layout of the current {@code CounterEvent} */
    public EventEncoder(int schemaId) {
        this.schemaId = schemaId;
    }

    /** An encoder that writes the fixed id of the newest released {@code CounterEvent}. */
    public static EventEncoder released() {
        return new EventEncoder(ReleasedSchemas.get().eventId());
    }

    /**
     * Encodes one event with its frame into a new array of exactly its size.
     *
     * @param operation ADD, SET or DELETE
     * @param value the delta, the new total, or 0
     * @param occurredAtMillis milliseconds since 1970, UTC
     * @throws IllegalArgumentException if the operation is UNKNOWN, which must not be written
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
