package dev.tally.streams.runtime;

import dev.tally.service.lifecycle.RefusedException;
import dev.tally.streams.state.GenerationMismatchException;
import dev.tally.streams.state.LogMismatchException;

/** What ended a stream thread, taken out of the exceptions that Kafka Streams wraps it in. */
final class Refusals {
    private Refusals() {}

    static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A state of another generation, or one that does not fit the log, is the operator's to see to, in one sentence, and no bug to
     * show a stack of.
     */
    static Throwable refusalOr(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof GenerationMismatchException || cause instanceof LogMismatchException) {
                return new RefusedException(String.valueOf(cause.getMessage()), cause);
            }
        }
        return thrown;
    }
}
