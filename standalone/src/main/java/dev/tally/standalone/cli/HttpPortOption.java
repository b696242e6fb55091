package dev.tally.standalone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag of a single service. It stays text, so that the settings validate everything at once. */
final class HttpPortOption {

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "The HTTP port; 0 for any free port. It overrides TALLY_HTTP_PORT.")
    private @Nullable String httpPort;

    /** The arguments for the service's own {@code main}. */
    String[] arguments() {
        return httpPort == null ? new String[0] : new String[] {"--http-port=" + httpPort};
    }
}
