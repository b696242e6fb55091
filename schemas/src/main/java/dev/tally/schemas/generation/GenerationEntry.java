package dev.tally.schemas.generation;

import java.time.Instant;

/**
 * One generation: a state that is counted from the whole log.
 *
 * @param name as {@code g2}
 * @param createdAt when it was created; for people
 * @param parameters the settings that it is counted with
 */
public record GenerationEntry(String name, Instant createdAt, CountingParameters parameters) {}
