package dev.tally.schemas.wire;

import dev.tally.CounterEvent;
import dev.tally.Operation;
import dev.tally.schemas.utf8.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes values of {@code tally.events}. One instance decodes many records and holds the last one. A record written with the
 * current schema causes no allocation until its id or source is requested. Strict: a value that deviates from Avro's layout
 * in any byte is undecodable. Not thread-safe.
 */
public final class EventDecoder {
    private static final Operation[] OPERATIONS = Operation.values();

    private final FrameReader frames;
    private final Cursor cursor;
    private Operation operation = Operation.UNKNOWN;
    private long value;
    private long occurredAtMillis;
    private final Text id = new Text();
    private final Text source = new Text();

    public EventDecoder(SchemaLookup schemas) {
        frames = new FrameReader(CounterEvent.getClassSchema(), schemas);
        cursor = frames.cursor();
    }

    /** A decoder that knows the released schemas only. */
    public static EventDecoder released() {
        return new EventDecoder(ReleasedSchemas.get());
    }

    /**
     * Decodes a record's value. The array is retained until the next call and not copied.
     *
     * @return true if the accessors now return the event; false if it is undecodable and {@link #problem} says why
     */
    public boolean decode(byte @Nullable [] record) {
        if (!frames.open(record)) {
            return false;
        }
        if (frames.isCurrent()) {
            readCurrent();
        } else {
            readResolved();
        }
        return cursor.finish();
    }

    /** Why the last record was undecodable: one short phrase, the same for the same bytes; null if it was decoded. */
    public @Nullable String problem() {
        return cursor.problem();
    }

    /** The operation; UNKNOWN if the writer knows operations that this reader does not. */
    public Operation operation() {
        return operation;
    }

    /** The delta of an ADD, the new total of a SET. */
    public long value() {
        return value;
    }

    public boolean hasId() {
        return !id.isNull();
    }

    /** A new string, or null. */
    public @Nullable String id() {
        return id.text(cursor.bytes());
    }

    /** The id's UTF-8 in a new array, or null. */
    public byte @Nullable [] idBytes() {
        return id.copy(cursor.bytes());
    }

    /** Milliseconds since 1970, UTC. */
    public long occurredAtMillis() {
        return occurredAtMillis;
    }

    /** The size of the source in bytes of UTF-8, or -1 if there is none. */
    public int sourceSize() {
        return source.size();
    }

    /** A new string, or null. */
    public @Nullable String source() {
        return source.text(cursor.bytes());
    }

    private void readCurrent() {
        int index = cursor.readInt();
        if (index < 0 || index >= OPERATIONS.length) {
            cursor.fail("operation " + index + " (expected: 0 to " + (OPERATIONS.length - 1) + ")");
            return;
        }
        operation = OPERATIONS[index];
        value = cursor.readLong();
        id.read(cursor);
        occurredAtMillis = cursor.readLong();
        source.read(cursor);
    }

    private void readResolved() {
        GenericRecord event = frames.resolve();
        if (event != null) {
            operation = Operation.valueOf(event.get("operation").toString());
            value = (Long) event.get("value");
            id.set(event.get("id"));
            occurredAtMillis = (Long) event.get("occurredAt");
            source.set(event.get("source"));
        }
    }

    /** An optional text, left in the record's bytes until it is requested. */
    private static final class Text {
        private int from;
        private int to;
        private @Nullable String resolved;

        void read(Cursor cursor) {
            from = cursor.skipOptionalString();
            to = cursor.position();
            resolved = null;
        }

        void set(@Nullable Object text) {
            from = -1;
            resolved = text == null ? null : text.toString();
        }

        boolean isNull() {
            return from < 0 && resolved == null;
        }

        int size() {
            if (from >= 0) {
                return to - from;
            }
            return resolved == null ? -1 : Utf8.size(resolved);
        }

        byte @Nullable [] copy(byte[] bytes) {
            if (from >= 0) {
                return Arrays.copyOfRange(bytes, from, to);
            }
            return resolved == null ? null : resolved.getBytes(StandardCharsets.UTF_8);
        }

        @Nullable
        String text(byte[] bytes) {
            return from < 0 ? resolved : new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
    }
}
