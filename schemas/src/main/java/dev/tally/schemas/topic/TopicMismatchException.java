package dev.tally.schemas.topic;

/** Existing topics differ from their definitions in a way that matters. The message has one sentence for each topic. */
public final class TopicMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicMismatchException(String message) {
        super(message);
    }
}
