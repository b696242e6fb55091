package dev.tally.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The schema registry does not answer now, so the result is unknown. A retry may succeed. The message is for people. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
