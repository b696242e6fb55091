package dev.tally.schemas.topic;

import org.jspecify.annotations.Nullable;

/** Topics could not be verified or created within the timeout. A retry may succeed. The message is one sentence. */
public final class TopicsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicsUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
