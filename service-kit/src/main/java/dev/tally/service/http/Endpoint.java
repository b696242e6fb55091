package dev.tally.service.http;

/** What answers the requests of a route. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers the request, now or later. Runs on an IO thread, so it must not block. A {@link ProblemException} it throws
     * becomes the answer, anything else becomes a 500 whose cause is logged. An endpoint that neither throws nor ever calls
     * {@link Request#respond} leaves the request open for ever: whoever answers later bounds his own waiting.
     */
    void handle(Request request) throws Exception;
}
