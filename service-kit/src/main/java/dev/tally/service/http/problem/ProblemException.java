package dev.tally.service.http.problem;

import org.jspecify.annotations.Nullable;

/** The request is answered with a problem. Thrown by an endpoint or a body handler. It has no stack trace. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final @Nullable String field;

    /** @param detail what was wrong and what was expected, shown to the client */
    public ProblemException(ErrorCode code, String detail) {
        this(code, null, detail);
    }

    /** @param field the field of the body that is wrong; null if it is not about one */
    public ProblemException(ErrorCode code, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.field = field;
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable String field() {
        return field;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
