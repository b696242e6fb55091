package dev.tally.schemas.registry;

import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A schema registry. Its methods block, for a bounded time at each answer they wait for. Safe for use by any thread. */
interface Registry {
    /**
     * Makes sure that a subject holds these schemas and takes no other that cannot read what they wrote.
     *
     * @param texts one or more, oldest first, JSON
     * @return the id of the last one
     * @throws RegistryUnavailableException if it does not answer; nothing is known then
     * @throws RegistryRefusedException if it never will
     */
    int register(String subject, List<String> texts);

    /**
     * The schema of an id, or null if it is certain that no Avro schema has this id.
     *
     * @throws RegistryUnavailableException if the registry gives no answer to that question
     */
    @Nullable
    Schema schema(int id);

    /** What it is called in sentences for people: no secret is in it. */
    String name();
}
