package dev.tally.schemas.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One generation: a state that is counted from the whole log.
 *
 * @param name as {@code g2}
 * @param createdAt when it was created; for people
 * @param parameters the settings that it is counted with
 * @param format the format of its state; an instance counts the generations of its own format only
 * @param unusable why its state cannot be used, in a sentence, so that no instance counts it any more; null if it can
 */
public record GenerationEntry(
        String name,
        Instant createdAt,
        CountingParameters parameters,
        long format,
        @Nullable String unusable) {
    /** A new one. */
    GenerationEntry(String name, Instant createdAt, CountingParameters parameters, long format) {
        this(name, createdAt, parameters, format, null);
    }

    GenerationEntry unusable(@Nullable String why) {
        return new GenerationEntry(name, createdAt, parameters, format, why);
    }
}
