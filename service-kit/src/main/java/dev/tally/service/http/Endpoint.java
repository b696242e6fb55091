package dev.tally.service.http;

import dev.tally.service.http.problem.ProblemException;

/** Answers the requests of a route. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers the request, now or later. Runs on an IO thread, so it must not block. A {@link ProblemException} it throws
     * becomes the answer; any other exception becomes a 500 and is logged. An endpoint that neither throws nor calls
     * {@link Request#respond} leaves the request open forever, so an endpoint that answers later must bound its own wait.
     */
    void handle(Request request) throws Exception;
}
