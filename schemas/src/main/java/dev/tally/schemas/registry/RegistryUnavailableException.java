package dev.tally.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The schema registry gives no answer for now, so what was asked is neither so nor not so. The message is for people. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
