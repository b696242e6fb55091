package dev.tally.schemas.wire;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the schema that a record was written with. Safe for use by any thread. */
public interface SchemaLookup {
    /**
     * The schema of an id, or null if it is certain that there is none. Not to be able to say is not an answer: a lookup
     * that depends on another process throws then, the decoder lets that through, and the record is decoded later.
     */
    @Nullable
    Schema schema(int id);
}
