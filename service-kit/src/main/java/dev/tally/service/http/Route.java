package dev.tally.service.http;

/**
 * One method on one path.
 *
 * @param method {@code GET} answers {@code HEAD} too
 * @param template the path, as {@code /v1/counters/{namespace}/{counter}}: a name in braces stands for one segment
 */
public record Route(String method, String template, Endpoint endpoint, boolean operational) {
    /** A route that counts against the bound of concurrent requests and is refused during a shutdown. */
    public Route(String method, String template, Endpoint endpoint) {
        this(method, template, endpoint, false);
    }

    /** A route for those who watch the process: it answers when the others are refused. */
    public static Route operational(String method, String template, Endpoint endpoint) {
        return new Route(method, template, endpoint, true);
    }
}
