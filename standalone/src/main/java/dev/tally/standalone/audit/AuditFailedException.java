package dev.tally.standalone.audit;

import org.jspecify.annotations.Nullable;

/** The audit cannot compare state and log. The message is one sentence for people: what is wrong and what to do. */
public final class AuditFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AuditFailedException(String sentence) {
        this(sentence, null);
    }

    public AuditFailedException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
