package dev.tally.service.http.response;

import dev.tally.service.http.json.JsonWriter;

/** The extension members of a problem, in addition to those that all problems have. */
@FunctionalInterface
public interface ProblemMembers {
    ProblemMembers NONE = json -> {};

    /** Writes names and values into the object of the problem. */
    void write(JsonWriter json);
}
