package dev.tally.service.http;

import java.time.Duration;

/**
 * Every bound of an HTTP server. What is past a bound is refused, never queued.
 *
 * @param concurrentRequestsMax requests being worked on; one more is 503 {@code overloaded}
 * @param connectionsMax open connections; beyond, the listener accepts no more until some close
 * @param bodyBytesTotalMax bytes held in bodies of all requests together; beyond is 503 {@code overloaded}
 * @param headerBytesMax of a request's line and headers together
 * @param headersMax how many headers a request may have
 * @param bodyDeadline by when headers must be finished, else the connection is closed, and then a body, else 408
 * @param idleDeadline how long a connection without a request, or a client that does not read its answer, is kept
 * @param shutdownDeadline how long {@link HttpServer#close} waits for requests being worked on
 */
public record HttpLimits(
        int concurrentRequestsMax,
        int connectionsMax,
        long bodyBytesTotalMax,
        int headerBytesMax,
        int headersMax,
        Duration bodyDeadline,
        Duration idleDeadline,
        Duration shutdownDeadline) {

    public static HttpLimits defaults() {
        return new HttpLimits(
                4_096,
                10_000,
                128L << 20,
                16 << 10,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
    }

    public HttpLimits withConcurrentRequestsMax(int max) {
        return new HttpLimits(
                max,
                connectionsMax,
                bodyBytesTotalMax,
                headerBytesMax,
                headersMax,
                bodyDeadline,
                idleDeadline,
                shutdownDeadline);
    }

    public HttpLimits withConnectionsMax(int max) {
        return new HttpLimits(
                concurrentRequestsMax,
                max,
                bodyBytesTotalMax,
                headerBytesMax,
                headersMax,
                bodyDeadline,
                idleDeadline,
                shutdownDeadline);
    }

    public HttpLimits withBodyBytesTotalMax(long max) {
        return new HttpLimits(
                concurrentRequestsMax,
                connectionsMax,
                max,
                headerBytesMax,
                headersMax,
                bodyDeadline,
                idleDeadline,
                shutdownDeadline);
    }

    /** The same with other waits: tests use short ones. */
    public HttpLimits withDeadlines(Duration body, Duration idle, Duration shutdown) {
        return new HttpLimits(
                concurrentRequestsMax,
                connectionsMax,
                bodyBytesTotalMax,
                headerBytesMax,
                headersMax,
                body,
                idle,
                shutdown);
    }
}
