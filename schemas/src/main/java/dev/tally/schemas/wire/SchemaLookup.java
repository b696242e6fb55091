package dev.tally.schemas.wire;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the schema that a record was written with. Thread-safe. */
public interface SchemaLookup {
    /**
     * Returns the schema of an id, or null if it is certain that there is none. If a lookup depends on another process and
     * gets no answer, it throws; the decoder propagates the exception, and the record is decoded later.
     */
    @Nullable
    Schema schema(int id);
}
