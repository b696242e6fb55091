package dev.tally.service.http;

/**
 * One method on one path.
 *
 * @param method {@code GET} answers {@code HEAD} too
 * @param template the path, such as {@code /v1/echo/{name}}: a name in braces stands for one segment
 * @param writes whether a request changes state; if so, requests from web pages of another origin are rejected
 */
public record Route(String method, String template, Endpoint endpoint, Kind kind, boolean writes) {
    /** Which bound a route's requests count against. */
    public enum Kind {
        /** The bound on concurrent requests. Rejected during a shutdown. */
        ORDINARY,
        /** A small separate bound for monitoring, so that load on ordinary routes cannot starve it. */
        OPERATIONAL,
        /** Only the bound on connections: a liveness probe must always get an answer, and the answer is small. */
        HEALTH
    }

    /**
     * A route that only reads, whatever its method. Its requests count against the bound on concurrent requests and are
     * rejected during a shutdown.
     */
    public Route(String method, String template, Endpoint endpoint) {
        this(method, template, endpoint, Kind.ORDINARY, false);
    }

    /** The same for a route that changes state, whatever its method: a {@code GET} may count too. */
    public static Route writing(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.ORDINARY, true);
    }

    /** A route for monitoring. It answers while ordinary requests are rejected. */
    public static Route operational(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.OPERATIONAL, false);
    }

    /** A route that always answers. Its answers must be small. */
    public static Route health(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.HEALTH, false);
    }
}
