package dev.tally.service.settings;

import java.net.InetAddress;
import java.util.List;

/**
 * Where an HTTP server listens, and by which names it is addressed.
 *
 * @param host a name or address
 * @param port 0 for any free port
 * @param hosts the names that the {@code Host} of a request may have beside {@code localhost} and addresses, in lower case
 */
public record HttpSettings(String host, int port, List<String> hosts) {
    public HttpSettings {
        hosts = List.copyOf(hosts);
    }

    /** A server that is addressed by {@code localhost} and addresses alone. */
    public HttpSettings(String host, int port) {
        this(host, port, List.of());
    }

    /**
     * Reads them. Listening beyond loopback without {@code TALLY_HTTP_OPEN=true} is a problem of the environment.
     *
     * @param defaultPort the port of this process when none is given
     */
    public static HttpSettings read(Environment environment, int defaultPort) {
        List<String> hosts = environment.find(TallySettings.HTTP_HOSTS);
        HttpSettings settings = new HttpSettings(
                environment.get(TallySettings.HTTP_HOST),
                environment.get(TallySettings.HTTP_PORT.withDefault(Integer.toString(defaultPort))),
                hosts == null ? List.of() : hosts);
        if (!environment.get(TallySettings.HTTP_OPEN) && !settings.isLoopback()) {
            environment.problem(
                    "TALLY_HTTP_HOST: " + settings.host() + " can be reached from other machines, and every client"
                            + " that reaches the port may count, set, delete and read (expected: a loopback address or localhost;"
                            + " or TALLY_HTTP_OPEN=true, if the whole network is trusted)");
        }
        return settings;
    }

    /** Whether only this machine reaches the server. A name other than {@code localhost} is not resolved and counts as no. */
    public boolean isLoopback() {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        InetAddress address = IpAddress.parse(isBracketed ? host.substring(1, host.length() - 1) : host);
        return address == null ? host.equalsIgnoreCase("localhost") : address.isLoopbackAddress();
    }
}
