package dev.tally.schemas.read;

/** What a peer answered is not of the read protocol. Its message is one phrase, for people. */
public final class MalformedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }

    MalformedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
