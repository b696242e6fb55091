package dev.tally.schemas.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Opens framed records and determines how to read each: directly if its schema has the current layout, else by Avro's schema
 * resolution. Not thread-safe.
 */
final class FrameReader {
    /** Maximum number of cached schemas. One type has only a few, so this just bounds memory. */
    private static final int WRITERS_MAX = 256;

    private static final long NO_ID = Long.MIN_VALUE;

    private final Schema reader;
    private final String readerForm;
    private final SchemaLookup schemas;
    private final Cursor cursor = new Cursor();
    private final StrictDecoder decoder = new StrictDecoder(cursor);
    private final Map<Integer, Writer> writers = new HashMap<>();
    private long currentId = NO_ID;
    private @Nullable Writer writer;

    FrameReader(Schema reader, SchemaLookup schemas) {
        this.reader = reader;
        this.readerForm = SchemaNormalization.toParsingForm(reader);
        this.schemas = schemas;
    }

    /** Reads a record's frame and positions the {@link #cursor} after it. Returns false if the record cannot be read. */
    boolean open(byte @Nullable [] record) {
        if (record == null) {
            return refuse(new byte[0], "no value");
        }
        if (record.length < Frame.BYTES) {
            return refuse(record, "shorter than a frame: " + record.length + " bytes");
        }
        if (record[0] != 0) {
            return refuse(record, "magic byte " + (record[0] & 0xFF) + " (expected: 0)");
        }
        int id = Frame.schemaId(record);
        cursor.open(record, Frame.BYTES);
        if (id == currentId) {
            return true;
        }
        return openOther(id);
    }

    /** Whether the open record has the layout of the current schema. */
    boolean isCurrent() {
        return writer == null;
    }

    Cursor cursor() {
        return cursor;
    }

    /** Resolves the open record, which is not current, to the current schema. Null if it cannot be read. */
    @Nullable
    GenericRecord resolve() {
        if (writer == null || writer.resolving == null) {
            throw new IllegalStateException("no open record that needs resolving");
        }
        try {
            return writer.resolving.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // the decoder has already recorded its own problem; this one is of Avro's resolution
            cursor.fail("does not resolve to " + reader.getName() + ": "
                    + e.getClass().getSimpleName());
            return null;
        }
    }

    private boolean refuse(byte[] record, String problem) {
        cursor.open(record, 0);
        cursor.fail(problem);
        return false;
    }

    private boolean openOther(int id) {
        Writer found = writers.get(id);
        if (found == null) {
            Schema schema = schemas.schema(id);
            if (schema == null) {
                cursor.fail("unknown schema id " + id);
                return false;
            }
            found = writer(schema);
            if (writers.size() == WRITERS_MAX) {
                writers.clear();
            }
            writers.put(id, found);
        }
        if (!found.compatible) {
            cursor.fail("schema " + id + " cannot be read as " + reader.getName());
            return false;
        }
        if (found.resolving == null) {
            currentId = id;
            writer = null;
        } else {
            currentId = NO_ID; // so that the next current record resets the writer
            writer = found;
        }
        return true;
    }

    private Writer writer(Schema schema) {
        if (SchemaNormalization.toParsingForm(schema).equals(readerForm)) {
            return new Writer(true, null);
        }
        boolean compatible = SchemaCompatibility.checkReaderWriterCompatibility(reader, schema)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
        return new Writer(compatible, compatible ? new GenericDatumReader<>(schema, reader) : null);
    }

    /** A writer's schema; {@code resolving} is null if its layout is current or it is incompatible. */
    private record Writer(boolean compatible, @Nullable GenericDatumReader<GenericRecord> resolving) {}
}
