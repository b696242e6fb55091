package dev.tally.service.http;

/** A request that is answered with a problem. Thrown by an endpoint or a body handler; has no stack trace. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** @param detail what was wrong and what was expected, for the caller's eyes */
    public ProblemException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
