package dev.tally.streams.state.log;

import org.jspecify.annotations.Nullable;

/** Kafka did not answer the check of the state against the log in time. A retry may succeed. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
