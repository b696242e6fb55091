package dev.tally.service.http.origin;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.settings.HttpSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests whose host name is not one of this server's, against DNS rebinding: a web page can make its own name
 * resolve to this machine, and the browser then lets the page read and write here as on its own server. The page cannot
 * change the {@code Host} header that the browser sends. Thread-safe.
 */
public final class HostCheck {
    private static final String LOCALHOST = "localhost";
    private static final String EXPECTED = " (expected: an IP address, localhost, or a name in TALLY_HTTP_HOSTS)";

    private final boolean isOn;
    private final Set<String> names;

    /** The name accepted last, so that most requests cost one comparison. Any thread writes it, without synchronization. */
    private String lastAccepted = LOCALHOST;

    /** On an address other than loopback, the check is on only if the settings give names. */
    public HostCheck(HttpSettings settings) {
        this.isOn = settings.isLoopback() || !settings.hosts().isEmpty();
        this.names = new HashSet<>(settings.hosts());
        names.add(LOCALHOST);
    }

    /**
     * Checks the authority of a request. A request without one, which only HTTP/1.0 allows, passes: no browser sends it.
     *
     * @throws ProblemException {@code misdirected}; {@code invalid_value} if the authority is malformed
     */
    public void check(HttpServerExchange exchange) {
        if (!isOn || isAcceptedLast(exchange)) {
            return;
        }
        String authority = Authority.textOf(exchange);
        if (authority == null) {
            return;
        }
        checkAuthority(authority, Authority.parse(authority));
        lastAccepted = authority;
    }

    private boolean isAcceptedLast(HttpServerExchange exchange) {
        HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
        return hosts != null
                && hosts.size() == 1
                && hosts.getFirst().equals(lastAccepted)
                && !exchange.isHostIncludedInRequestURI();
    }

    private void checkAuthority(String text, @Nullable Authority authority) {
        if (authority == null) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_VALUE,
                    "Host: " + Shown.text(text) + " (expected: a host, or a host and a port)");
        }
        if (!authority.isAddress() && !names.contains(authority.name())) {
            throw new ProblemException(HttpErrorCode.MISDIRECTED, "Host: " + Shown.text(text) + EXPECTED);
        }
    }
}
