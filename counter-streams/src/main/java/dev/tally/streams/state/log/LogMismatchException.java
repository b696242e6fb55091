package dev.tally.streams.state.log;

/**
 * The state and the log do not match: events were lost, or the log was replaced. The message is one sentence for the operator,
 * with a reference to the remedy.
 */
public final class LogMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogMismatchException(String sentence) {
        super(sentence);
    }
}
