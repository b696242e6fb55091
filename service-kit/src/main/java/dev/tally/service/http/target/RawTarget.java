package dev.tally.service.http.target;

import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** The parts of a request target as the client wrote them. */
public final class RawTarget {
    private RawTarget() {}

    /** The path: from its first {@code /} to before the {@code ?}; empty if the target has no path. */
    public static String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        int start = exchange.isHostIncludedInRequestURI() ? pathStart(uri) : 0;
        int end = uri.indexOf('?', start);
        return uri.substring(start, end < 0 ? uri.length() : end);
    }

    /** The text between {@code //} and the path of {@code http://host/path}; null if the target does not have that form. */
    public static @Nullable String authority(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        int start = exchange.isHostIncludedInRequestURI() ? uri.indexOf("://") + 3 : 0;
        if (start < 3) {
            return null;
        }
        int end = start;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return uri.substring(start, end);
    }

    /** Where the path of {@code http://host/path} starts. */
    private static int pathStart(String uri) {
        int authority = uri.indexOf("://");
        if (authority < 0) {
            return 0;
        }
        int slash = uri.indexOf('/', authority + 3);
        return slash < 0 ? uri.length() : slash;
    }
}
