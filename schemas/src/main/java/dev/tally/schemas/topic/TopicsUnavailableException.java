package dev.tally.schemas.topic;

/** The topics could be neither verified nor created in the time there was; the message is one sentence. */
public final class TopicsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
