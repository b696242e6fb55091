package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;

/** The counter that the path segments {@code {namespace}/{counter}} name. */
final class PathCounter {
    private PathCounter() {}

    /** @throws ProblemException {@code invalid_name} */
    static CounterName of(Request request) {
        try {
            return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(HttpErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The namespace only.
     *
     * @throws ProblemException {@code invalid_name}
     */
    static String namespace(Request request) {
        String namespace = request.pathParameter("namespace");
        if (!CounterName.isNamespace(namespace)) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_NAME,
                    "namespace: " + Shown.text(namespace) + " (expected: " + CounterName.NAMESPACE_EXPECTED + ")");
        }
        return namespace;
    }
}
