package dev.tally.service.settings;

import java.net.InetAddress;
import java.util.List;

/**
 * The address an HTTP server listens on, and the host names it accepts.
 *
 * @param host a name or address
 * @param port 0 for any free port
 * @param hosts the names accepted in the {@code Host} of a request, besides {@code localhost} and addresses; lower case
 */
public record HttpSettings(String host, int port, List<String> hosts) {
    public static final Setting<String> HOST = new Setting<>(
            "TALLY_HTTP_HOST",
            null,
            SettingTypes.host(),
            "127.0.0.1",
            "The address the HTTP server listens on: a loopback address or localhost, or any other with TALLY_HTTP_OPEN=true.");

    public static final Setting<Integer> PORT = new Setting<>(
            "TALLY_HTTP_PORT", "--http-port", SettingTypes.port(), "8080", "The port the HTTP server listens on.");

    public static final Setting<Boolean> OPEN = new Setting<>(
            "TALLY_HTTP_OPEN",
            null,
            SettingTypes.trueOrFalse(),
            "false",
            "Whether the HTTP server may listen beyond loopback; true says that the whole network is trusted.");

    public static final Setting<List<String>> HOSTS = new Setting<>(
            "TALLY_HTTP_HOSTS",
            null,
            SettingTypes.hostNames(),
            null,
            "The accepted names in Host besides localhost and IP addresses; case and port are ignored;"
                    + " a server that listens beyond loopback checks Host only if this is set.");

    /** The settings of every process with an HTTP server, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(HOST, PORT, OPEN, HOSTS);

    public HttpSettings {
        hosts = List.copyOf(hosts);
    }

    /** Settings that accept only {@code localhost} and addresses. */
    public HttpSettings(String host, int port) {
        this(host, port, List.of());
    }

    /**
     * Reads the settings. An address other than loopback without {@code TALLY_HTTP_OPEN=true} is added as a problem.
     *
     * @param defaultPort the port of this process when none is given
     */
    public static HttpSettings read(Environment environment, int defaultPort) {
        List<String> hosts = environment.find(HOSTS);
        HttpSettings settings = new HttpSettings(
                environment.get(HOST),
                environment.get(PORT.withDefault(Integer.toString(defaultPort))),
                hosts == null ? List.of() : hosts);
        if (!environment.get(OPEN) && !settings.isLoopback()) {
            environment.problem(
                    "TALLY_HTTP_HOST: " + settings.host() + " can be reached from other machines, and every client"
                            + " that reaches the port may count, set, delete and read (expected: a loopback address or localhost;"
                            + " or TALLY_HTTP_OPEN=true, if the whole network is trusted)");
        }
        return settings;
    }

    /** Whether the host is a loopback address. A name other than {@code localhost} is not resolved and is not loopback. */
    public boolean isLoopback() {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        InetAddress address = IpAddress.parse(isBracketed ? host.substring(1, host.length() - 1) : host);
        return address == null ? host.equalsIgnoreCase("localhost") : address.isLoopbackAddress();
    }
}
