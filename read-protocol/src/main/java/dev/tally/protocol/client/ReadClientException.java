package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;

/** A read got no valid answer. The message is one phrase for people. The exception has no stack trace. */
public final class ReadClientException extends Exception {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** As many reads are in flight as the limits allow. */
        TOO_MANY_READS,
        /** The client does not wait any more. */
        STOPPED,
        MALFORMED_ANSWER
    }

    private final Reason reason;

    ReadClientException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static ReadClientException malformed(MalformedAnswerException e) {
        return new ReadClientException(Reason.MALFORMED_ANSWER, "its answer is malformed: " + e.getMessage());
    }

    public Reason reason() {
        return reason;
    }
}
