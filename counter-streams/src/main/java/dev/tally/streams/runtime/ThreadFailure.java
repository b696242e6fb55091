package dev.tally.streams.runtime;

import dev.tally.streams.state.log.LogMismatchException;
import dev.tally.streams.state.store.StateParametersMismatchException;

/** Extracts the cause that ended a stream thread from the exceptions in which Kafka Streams wraps it. */
final class ThreadFailure {
    private ThreadFailure() {}

    static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A state with other parameters, or one that does not match the log, requires action by the operator. It is reported in one
     * sentence, without the stack trace of a bug.
     */
    static Throwable of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof LogMismatchException mismatch) {
                return new UnusableStateException(
                        String.valueOf(mismatch.getMessage()), mismatch.isOfOtherLog(), mismatch);
            } else if (cause instanceof StateParametersMismatchException) {
                return new UnusableStateException(String.valueOf(cause.getMessage()), false, cause);
            }
        }
        return thrown;
    }
}
