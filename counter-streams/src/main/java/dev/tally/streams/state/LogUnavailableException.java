package dev.tally.streams.state;

import org.jspecify.annotations.Nullable;

/** Kafka did not say in time what the state is held against; it may, when it is asked again. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
