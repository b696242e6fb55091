package dev.tally.service.http;

import dev.tally.service.settings.HttpSettings;
import io.undertow.server.HttpServerExchange;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that are addressed to a name that is not this server's. A web page can have its own name resolve to this
 * machine, and a browser then lets it read and write here as on its own server; it cannot change the {@code Host} that the
 * browser sends. Safe for use by any thread.
 */
final class HostCheck {
    private static final String LOCALHOST = "localhost";
    private static final String EXPECTED = " (expected: an IP address, localhost, or a name in TALLY_HTTP_HOSTS)";

    private final boolean isOn;
    private final Set<String> names;

    /** The one accepted last, so that most requests cost one comparison. Written by any thread, in no order. */
    private String lastAccepted = LOCALHOST;

    /** Beyond loopback it checks only if the settings give names. */
    HostCheck(HttpSettings settings) {
        this.isOn = settings.isLoopback() || !settings.hosts().isEmpty();
        this.names = new HashSet<>(settings.hosts());
        names.add(LOCALHOST);
    }

    /**
     * A request without any authority, which only HTTP/1.0 allows, passes: no browser sends one.
     *
     * @throws ProblemException {@code misdirected}; {@code invalid_value} if the authority is none
     */
    void check(HttpServerExchange exchange) {
        if (!isOn) {
            return;
        }
        String authority = Authority.textOf(exchange);
        if (authority == null || authority.equals(lastAccepted)) {
            return;
        }
        checkAuthority(authority, Authority.parse(authority));
        lastAccepted = authority;
    }

    private void checkAuthority(String text, @Nullable Authority authority) {
        if (authority == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_VALUE, "Host: " + Shown.text(text) + " (expected: a host, or a host and a port)");
        }
        if (!authority.isAddress() && !names.contains(authority.name())) {
            throw new ProblemException(ErrorCode.MISDIRECTED, "Host: " + Shown.text(text) + EXPECTED);
        }
    }
}
