package dev.tally.streams.state;

/** The state belongs to a generation that was set up otherwise. Its message is one sentence for the operator. */
public final class GenerationMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GenerationMismatchException(String message) {
        super(message);
    }
}
