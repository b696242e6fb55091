package dev.tally.service.http;

import dev.tally.service.settings.HttpSettings;
import java.net.BindException;

/** Somebody else listens on the port. The message is one sentence that says what to do. */
public final class PortInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortInUseException(HttpSettings settings, BindException cause) {
        super("Port " + settings.port() + " is in use: choose another with --http-port", cause);
    }
}
