package dev.tally.service.http;

/** What a problem says beyond the members all problems have. */
@FunctionalInterface
public interface ProblemMembers {
    ProblemMembers NONE = json -> {};

    /** Writes names and values into the object of the problem. */
    void write(JsonWriter json);
}
