package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;

/** A peer gave no valid answer. The message is one phrase for people. The exception has no stack trace. */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1L;

    PeerException(String message) {
        super(message, null, false, false);
    }

    static PeerException malformed(MalformedAnswerException e) {
        return new PeerException("its answer is malformed: " + e.getMessage());
    }
}
