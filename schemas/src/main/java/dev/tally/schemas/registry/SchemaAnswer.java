package dev.tally.schemas.registry;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What is known of a schema id at one moment. */
public sealed interface SchemaAnswer {
    /** It will not be otherwise later: this is its schema, or, if null, there is none. */
    record Certain(@Nullable Schema schema) implements SchemaAnswer {}

    /**
     * Nobody can say yet.
     *
     * @param problem what the last question came to, one sentence; null while the first one is under way
     */
    record Open(@Nullable String problem) implements SchemaAnswer {}
}
