package dev.tally.schemas.registry;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What is known about a schema id at one moment. */
public sealed interface SchemaAnswer {
    /** Final: the schema of the id, or null if there is none. */
    record Certain(@Nullable Schema schema) implements SchemaAnswer {}

    /**
     * Not known yet.
     *
     * @param problem why the last request failed, one sentence; null while the first request is in flight
     */
    record Open(@Nullable String problem) implements SchemaAnswer {}
}
