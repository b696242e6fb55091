package dev.tally.service.settings;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Parses base URLs: a scheme, a host, optionally a port and a path, nothing else. */
final class HttpUrl {
    private HttpUrl() {}

    /** The URL without a trailing slash, or null if {@code text} is not a base URL. */
    static @Nullable String parse(String text) {
        try {
            URI uri = new URI(text);
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (!scheme || !bare || uri.getHost() == null) {
                return null;
            }
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
