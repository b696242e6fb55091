package dev.tally.service.settings;

/**
 * Where an HTTP server listens.
 *
 * @param host a name or address
 * @param port 0 for any free port
 */
public record HttpSettings(String host, int port) {
    /** @param defaultPort the port of this process when none is given */
    public static HttpSettings read(Environment environment, int defaultPort) {
        return new HttpSettings(
                environment.get(TallySettings.HTTP_HOST),
                environment.get(TallySettings.HTTP_PORT.withDefault(Integer.toString(defaultPort))));
    }
}
