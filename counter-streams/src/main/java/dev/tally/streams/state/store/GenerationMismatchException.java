package dev.tally.streams.state.store;

/** The state was created with another generation. The message is one sentence for the operator. */
public final class GenerationMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GenerationMismatchException(String message) {
        super(message);
    }
}
