package dev.tally.streams;

import dev.tally.schemas.generation.Generations;
import java.util.regex.Pattern;

/**
 * A generation of the counting: one version of the state, counted from the whole log. The consumer group, the changelog, the state
 * directory and the answers to query-api contain its name, so that two generations share nothing but the log.
 *
 * @param name lower-case letters and digits, as {@code g1}
 */
public record Generation(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

    public Generation {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("generation: " + name + " (expected: lower-case letters and digits)");
        }
    }

    /** The group ID in Kafka. The names of the changelog and of the directory of the state begin with it. */
    public String applicationId() {
        return Generations.applicationId(name);
    }
}
