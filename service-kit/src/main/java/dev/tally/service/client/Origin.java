package dev.tally.service.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The destination of requests: scheme, host and port.
 *
 * @param uri with an address instead of a name, if {@link #isResolved}
 * @param authority {@code host:port}, as the {@code Host} header has it
 */
record Origin(URI uri, String authority) {
    /** Parses {@code http://host:port} or {@code https://host:port} with a host name or an address; null for other text. */
    static @Nullable Origin parse(String text) {
        try {
            URI uri = URI.create(text);
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawUserInfo() == null;
            return scheme && bare && uri.getHost() != null ? new Origin(uri, uri.getRawAuthority()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether the host is an address, so that connecting needs no name server. */
    boolean isResolved() {
        String host = uri.getHost();
        return host.startsWith("[") || isIpv4(host);
    }

    /** Resolves the name; blocks meanwhile. An https origin keeps its name, because certificates are verified against it. */
    Origin resolve() throws UnknownHostException {
        InetAddress address = InetAddress.getByName(uri.getHost());
        if ("https".equals(uri.getScheme())) {
            return this; // the JVM now has the address in its cache
        }
        String host = address.getHostAddress();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return new Origin(URI.create("http://" + literal + ":" + port()), authority);
    }

    private int port() {
        int httpPort = 80;
        return uri.getPort() < 0 ? httpPort : uri.getPort();
    }

    private static boolean isIpv4(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
