package dev.tally.service.http.problem;

/** A code that a problem can have. The name on the wire and the status are API. */
public interface ErrorCode {
    /** The name on the wire. */
    String code();

    /** The HTTP status of this code. */
    int status();

    /** Whether the same request may succeed later. If so, the answer has a {@code Retry-After} header. */
    default boolean retryable() {
        return status() == 503;
    }
}
