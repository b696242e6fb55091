package dev.tally.service.http.origin;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.target.RawTarget;
import dev.tally.service.settings.IpAddress;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, as in a request's target, its {@code Host} header and its {@code Origin} header.
 *
 * @param host in lower case; an IPv6 address in its brackets; may be empty
 * @param port digits, or empty for the default port of the scheme
 */
record Authority(String host, String port) {
    private static final String PUNCTUATION = "-._~!$&'()*+,;=%";

    /**
     * Returns the authority that a request is addressed to, unparsed: that of an absolute target, which takes precedence over
     * {@code Host} (RFC 9112, 3.2.2), else {@code Host}. Null if there is neither, which only HTTP/1.0 allows.
     *
     * @throws ProblemException {@code invalid_value} if {@code Host} is given twice
     */
    static @Nullable String textOf(HttpServerExchange exchange) {
        String target = exchange.isHostIncludedInRequestURI() ? RawTarget.authority(exchange) : null;
        if (target != null) {
            return target;
        }
        HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
        if (hosts == null) {
            return null;
        }
        if (hosts.size() > 1) {
            throw new ProblemException(HttpErrorCode.INVALID_VALUE, "Host: given twice (expected: once)");
        }
        return hosts.getFirst();
    }

    /** Parses an RFC 3986 authority without user information or a zone. Returns null if {@code text} is not one. */
    static @Nullable Authority parse(String text) {
        int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        if (hostEnd < 0) {
            hostEnd = text.length();
        }
        String host = text.substring(0, hostEnd).toLowerCase(Locale.ROOT);
        String rest = text.substring(hostEnd);
        boolean isPort = rest.isEmpty() || (rest.charAt(0) == ':' && hasOnlyDigits(rest, 1));
        boolean isHost = host.startsWith("[") ? isBracketedAddress(host) : hasOnlyNameCharacters(host);
        return isHost && isPort ? new Authority(host, rest.isEmpty() ? rest : rest.substring(1)) : null;
    }

    /** Whether the host is an IP address, which needs no name resolution. */
    boolean isAddress() {
        return host.startsWith("[") || IpAddress.parse(host) != null;
    }

    /** The host without a trailing dot: with and without it, the name is the same. */
    String name() {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** Whether both have the same host and port. An absent port means {@code defaultPort}. */
    boolean isSamePlace(Authority other, String defaultPort) {
        return host.equals(other.host) && portOr(defaultPort).equals(other.portOr(defaultPort));
    }

    private String portOr(String defaultPort) {
        return port.isEmpty() ? defaultPort : port;
    }

    private static boolean isBracketedAddress(String host) {
        return host.indexOf(':') >= 0 && IpAddress.parse(host.substring(1, host.length() - 1)) != null;
    }

    private static boolean hasOnlyNameCharacters(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean isAlphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!isAlphanumeric && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOnlyDigits(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
