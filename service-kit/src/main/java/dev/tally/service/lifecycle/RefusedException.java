package dev.tally.service.lifecycle;

/** A process cannot run. The message is one sentence with the cause and the action; it is printed without a stack trace. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String sentence) {
        super(sentence);
    }

    public RefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The refusal for a cause whose message is such a sentence already. */
    public static RefusedException of(Throwable cause) {
        return new RefusedException(String.valueOf(cause.getMessage()), cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
