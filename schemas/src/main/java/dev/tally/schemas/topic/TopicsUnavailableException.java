package dev.tally.schemas.topic;

/** The topics could not be verified or created within the timeout. The message is one sentence. */
public final class TopicsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
