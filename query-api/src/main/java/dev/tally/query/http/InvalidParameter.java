package dev.tally.query.http;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;

/** The problem {@code invalid_parameter}. */
final class InvalidParameter {
    private InvalidParameter() {}

    /** @param value as the client wrote it */
    static ProblemException of(String name, String value, String expected) {
        return new ProblemException(
                HttpErrorCode.INVALID_PARAMETER, name + ": " + Shown.text(value) + " (expected: " + expected + ")");
    }
}
