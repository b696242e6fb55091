package dev.tally.service.http.origin;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.settings.HttpSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Rejects writes from web pages of another origin. Browsers send {@code Origin} with every request that is not a GET or
 * HEAD, and pages cannot change it. Programs other than browsers do not send it. Immutable.
 */
public final class OriginCheck {
    private static final String HTTP = "http://";
    private static final String HTTP_PORT = "80";
    private static final String HTTPS = "https://";
    private static final String HTTPS_PORT = "443";

    /** On an address other than loopback, a proxy in front of this server may terminate TLS. */
    private final boolean allowsHttps;

    public OriginCheck(HttpSettings settings) {
        this.allowsHttps = !settings.isLoopback();
    }

    /** @throws ProblemException {@code origin_forbidden} if there is an origin and it is not the host of the request */
    public void check(HttpServerExchange exchange) {
        HeaderValues origins = exchange.getRequestHeaders().get(Headers.ORIGIN);
        if (origins == null) {
            return;
        }
        String host = Authority.textOf(exchange);
        Authority own = host == null ? null : Authority.parse(host);
        for (String origin : origins) {
            if (!isOwn(origin, own)) {
                throw new ProblemException(
                        HttpErrorCode.ORIGIN_FORBIDDEN,
                        "Origin: " + Shown.text(origin) + " (expected: none"
                                + (host == null ? "" : ", or " + HTTP + Shown.raw(host) + " as in Host")
                                + "); nothing was recorded");
            }
        }
    }

    private boolean isOwn(String origin, @Nullable Authority own) {
        return isOwn(origin, HTTP, HTTP_PORT, own) || (allowsHttps && isOwn(origin, HTTPS, HTTPS_PORT, own));
    }

    private static boolean isOwn(String origin, String scheme, String defaultPort, @Nullable Authority own) {
        if (own == null || own.host().isEmpty() || !origin.startsWith(scheme)) {
            return false;
        }
        Authority authority = Authority.parse(origin.substring(scheme.length()));
        return authority != null && authority.isSamePlace(own, defaultPort);
    }
}
