package dev.tally.service.http.limit;

import java.time.Duration;

/**
 * Every bound of an HTTP server. Whatever exceeds a bound is rejected, never queued.
 *
 * @param concurrentRequestsMax maximum number of in-flight requests; one more is answered 503 {@code overloaded}
 * @param connectionsMax maximum number of open connections; at the maximum, the listener accepts none until some close
 * @param bodyBytesTotalMax maximum bytes held in the bodies of all requests; beyond it the answer is 503 {@code overloaded}
 * @param headerBytesMax maximum size of a request's line and headers together
 * @param headersMax maximum number of headers of a request
 * @param bodyDeadline time to receive the headers, after which the connection is closed; then time to receive the body,
 *     after which the answer is 408
 * @param idleDeadline how long a connection without a request, or one whose client does not read its answer, stays open
 * @param shutdownDeadline how long {@code HttpServer.close} waits for in-flight requests
 * @param openStreamsMax maximum number of open streams; one more is answered 503 {@code overloaded}
 * @param streamUnsentBytesMax maximum bytes that a stream holds for its client; beyond it the connection is closed
 */
public record HttpLimits(
        int concurrentRequestsMax,
        int connectionsMax,
        long bodyBytesTotalMax,
        int headerBytesMax,
        int headersMax,
        Duration bodyDeadline,
        Duration idleDeadline,
        Duration shutdownDeadline,
        int openStreamsMax,
        int streamUnsentBytesMax) {

    public static HttpLimits defaults() {
        return new HttpLimits(
                4_096,
                10_000,
                128L << 20,
                16 << 10,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                1_000,
                64 << 10);
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
                shutdownDeadline,
                openStreamsMax,
                streamUnsentBytesMax);
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
                shutdownDeadline,
                openStreamsMax,
                streamUnsentBytesMax);
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
                shutdownDeadline,
                openStreamsMax,
                streamUnsentBytesMax);
    }

    /** The same limits with other deadlines. Tests use short ones. */
    public HttpLimits withDeadlines(Duration body, Duration idle, Duration shutdown) {
        return new HttpLimits(
                concurrentRequestsMax,
                connectionsMax,
                bodyBytesTotalMax,
                headerBytesMax,
                headersMax,
                body,
                idle,
                shutdown,
                openStreamsMax,
                streamUnsentBytesMax);
    }

    public HttpLimits withStreams(int openMax, int unsentBytesMax) {
        return new HttpLimits(
                concurrentRequestsMax,
                connectionsMax,
                bodyBytesTotalMax,
                headerBytesMax,
                headersMax,
                bodyDeadline,
                idleDeadline,
                shutdownDeadline,
                openMax,
                unsentBytesMax);
    }
}
