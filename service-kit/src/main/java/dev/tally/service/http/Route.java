package dev.tally.service.http;

/**
 * One method on one path.
 *
 * @param method {@code GET} answers {@code HEAD} too
 * @param template the path, as {@code /v1/counters/{namespace}/{counter}}: a name in braces stands for one segment
 * @param writes whether a request changes something: then a web page of another origin may not send it
 */
public record Route(String method, String template, Endpoint endpoint, Kind kind, boolean writes) {
    /** Which bound a route's requests count against. */
    public enum Kind {
        /** The bound of concurrent requests; refused during a shutdown. */
        ORDINARY,
        /** A small bound of those who watch the process, so that load cannot lock them out. */
        OPERATIONAL,
        /** None but that of connections: whoever is asked whether it lives has to answer, and the answer is small. */
        HEALTH
    }

    /**
     * A route that only reads, whatever its method. It counts against the bound of concurrent requests and is refused during a
     * shutdown.
     */
    public Route(String method, String template, Endpoint endpoint) {
        this(method, template, endpoint, Kind.ORDINARY, false);
    }

    /** The same for a route that changes something, whatever its method: a {@code GET} may count too. */
    public static Route writing(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.ORDINARY, true);
    }

    /** A route for those who watch the process: it answers when the ordinary ones are refused. */
    public static Route operational(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.OPERATIONAL, false);
    }

    /** A route that always answers, and with little. */
    public static Route health(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, Kind.HEALTH, false);
    }
}
