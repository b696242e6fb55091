package dev.tally.ingest.event;

import dev.tally.service.http.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one event as it was sent.
 *
 * @param field the field that is wrong, or null if it is the text as a whole
 * @param detail names the value and what was expected
 */
public record FieldProblem(@Nullable String field, ErrorCode code, String detail) {}
