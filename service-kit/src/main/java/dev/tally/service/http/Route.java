package dev.tally.service.http;

/**
 * One method on one path.
 *
 * @param method {@code GET} answers {@code HEAD} too
 * @param template the path, as {@code /v1/counters/{namespace}/{counter}}: a name in braces stands for one segment
 */
public record Route(String method, String template, Endpoint endpoint, Kind kind) {
    /** Which bound a route's requests count against. */
    public enum Kind {
        /** The bound of concurrent requests; refused during a shutdown. */
        ORDINARY,
        /** A small bound of those who watch the process, so that load cannot lock them out. */
        OPERATIONAL,
        /** None but that of connections: whoever is asked whether it lives has to answer, and the answer is small. */
        HEALTH
    }

    /** A route that counts against the bound of concurrent requests and is refused during a shutdown. */
    public Route(String method, String template, Endpoint endpoint) {
        this(method, template, endpoint, Kind.ORDINARY);
    }

    /** A route for those who watch the process: it answers when the ordinary ones are refused. */
    public static Route operational(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.OPERATIONAL);
    }

    /** A route that always answers, and with little. */
    public static Route health(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.HEALTH);
    }
}
