package dev.tally.schemas.registry;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What is known about a schema id at one moment. */
public sealed interface SchemaAnswer {
    /** Final: the schema of the id, or null if there is none. */
    record Known(@Nullable Schema schema) implements SchemaAnswer {}

    /**
     * Not known yet.
     *
     * @param problem why the last lookup failed, one sentence; null while the first lookup is in flight
     */
    record Pending(@Nullable String problem) implements SchemaAnswer {}
}
