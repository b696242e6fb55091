package dev.tally.streams.state.store;

/** The state was created with other parameters. The message is one sentence for the operator. */
public final class StateParametersMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateParametersMismatchException(String message) {
        super(message);
    }
}
