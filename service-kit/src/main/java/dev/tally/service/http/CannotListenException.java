package dev.tally.service.http;

import dev.tally.service.settings.HttpSettings;
import java.io.IOException;
import java.net.BindException;

/** The server cannot listen on the configured address. The message is one sentence that says what to do. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListenException(HttpSettings settings, IOException cause) {
        super(sentence(settings, cause), cause);
    }

    private static String sentence(HttpSettings settings, IOException cause) {
        boolean inUse = cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
        return inUse
                ? "Port " + settings.port() + " is in use: choose another with --http-port"
                : "Cannot listen on " + settings.host() + " port " + settings.port() + " (" + cause.getMessage()
                        + "): choose others with TALLY_HTTP_HOST and --http-port";
    }
}
