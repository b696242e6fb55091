package dev.tally.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The schema registry cannot be used, and a retry cannot succeed. The message is one sentence for people. */
public final class RegistryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryRefusedException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
