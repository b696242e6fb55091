package dev.tally.ingest.event;

import dev.tally.service.http.ProblemException;
import java.util.List;

/** What the body of a batch came to. */
public sealed interface ParsedBatch {
    /** @param hits at least one, in the order of the body */
    record Valid(List<Hit> hits) implements ParsedBatch {}

    /**
     * At least one event is not valid.
     *
     * @param events how many there were in all, as far as the body could be read
     * @param bad how many of them are not valid
     * @param first the first of the bad ones, at most {@link BatchParser#BAD_LINES_MAX}
     * @param severalOnALine whether the first bad one has another event on its line
     */
    record Invalid(int events, int bad, List<BadLine> first, boolean severalOnALine) implements ParsedBatch {}

    /**
     * @param line the line of the body, or the place in its array, from 1
     * @param problem what is wrong with it, with the field if it is about one
     */
    record BadLine(int line, ProblemException problem) {}
}
