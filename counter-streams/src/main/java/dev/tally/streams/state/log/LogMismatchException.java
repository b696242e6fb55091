package dev.tally.streams.state.log;

/**
 * The state and the log do not match: events were lost, or the log was replaced. The message is one sentence for the operator,
 * with a reference to the remedy.
 */
public final class LogMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOfOtherLog;

    /** @param isOfOtherLog whether events that the state includes are not in the log */
    public LogMismatchException(String sentence, boolean isOfOtherLog) {
        super(sentence);
        this.isOfOtherLog = isOfOtherLog;
    }

    /** Whether events that the state includes are not in the log: it was replaced, or has lost its end. */
    public boolean isOfOtherLog() {
        return isOfOtherLog;
    }
}
