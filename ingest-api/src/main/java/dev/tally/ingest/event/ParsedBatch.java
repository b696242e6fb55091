package dev.tally.ingest.event;

import dev.tally.service.http.problem.ProblemException;
import java.util.List;

/** The result of parsing the body of a batch. */
public sealed interface ParsedBatch {
    /** @param hits at least one, in the order of the body */
    record Valid(List<Hit> hits) implements ParsedBatch {}

    /**
     * At least one event is not valid.
     *
     * @param events the number of events in the batch, as far as the body could be read
     * @param bad the number of invalid events
     * @param first the first invalid events, at most {@link BatchParser#BAD_LINES_MAX}
     * @param severalOnALine whether another event is on the same line as the first invalid event
     */
    record Invalid(int events, int bad, List<BadLine> first, boolean severalOnALine) implements ParsedBatch {}

    /**
     * @param line the line of the body, or the position in its array, from 1
     * @param problem the problem of the event, with the field if it concerns one
     */
    record BadLine(int line, ProblemException problem) {}
}
