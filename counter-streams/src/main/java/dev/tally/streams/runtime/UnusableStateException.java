package dev.tally.streams.runtime;

/**
 * The state of a generation cannot be used: it does not fit the log, its changelog is lost, or it was made with other parameters.
 * The message is one sentence for the operator, with the action. Another generation can be counted on the same instance.
 */
public final class UnusableStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOfOtherLog;

    UnusableStateException(String sentence, boolean isOfOtherLog, Throwable cause) {
        super(sentence, cause);
        this.isOfOtherLog = isOfOtherLog;
    }

    UnusableStateException(String sentence, boolean isOfOtherLog) {
        super(sentence);
        this.isOfOtherLog = isOfOtherLog;
    }

    /** Whether events that the state includes are not in the log, so that what it has written to the feeds is not right either. */
    public boolean isOfOtherLog() {
        return isOfOtherLog;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
