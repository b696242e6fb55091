package dev.tally.streams.state;

/**
 * The state and the log do not fit: events were lost, or the log is another one. Its message is one sentence for the operator,
 * with the remedy's place.
 */
public final class LogMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogMismatchException(String sentence) {
        super(sentence);
    }
}
