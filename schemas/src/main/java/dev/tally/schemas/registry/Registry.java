package dev.tally.schemas.registry;

import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A schema registry. Its methods block; the wait for each response is bounded. Thread-safe. */
interface Registry {
    /**
     * Ensures that a subject holds these schemas and accepts no other schema that cannot read their data.
     *
     * @param texts one or more, oldest first, JSON
     * @return the id of the last one
     * @throws RegistryUnavailableException if the registry does not answer; the result is then unknown
     * @throws RegistryRefusedException if a retry cannot succeed
     */
    int register(String subject, List<String> texts);

    /**
     * The schema of an id, or null if it is certain that no Avro schema has this id.
     *
     * @throws RegistryUnavailableException if the registry gives no answer to that question
     */
    @Nullable
    Schema schema(int id);

    /** The name for messages. It contains no secret. */
    String name();
}
