package dev.tally.schemas.topic;

/** Topics exist that differ from their definitions in a way that matters; the message has one sentence for each. */
public final class TopicMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicMismatchException(String message) {
        super(message);
    }
}
