package dev.tally.service.http;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.response.Problem;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts bytes that Undertow's parser refuses before there is a request, and answers them. Any IO thread may use it. */
final class MalformedRequests implements Supplier<ByteBuffer> {
    private static final Logger LOG = LoggerFactory.getLogger(MalformedRequests.class);

    private final ServerParts server;
    private final String detail;

    MalformedRequests(ServerParts server) {
        this.server = server;
        HttpLimits limits = server.limits();
        detail = "Malformed HTTP/1.1 request (expected: a target without raw spaces, control and non-ASCII"
                + " characters and broken escapes, headers as RFC 9112 writes them, one length of the body, at most "
                + limits.headersMax() + " headers, and at most " + limits.headerBytesMax()
                + " bytes of request line and headers)";
    }

    /** The whole problem, head and body, of one more refusal. */
    @Override
    public ByteBuffer get() {
        String requestId = server.requestIds().idFor(null);
        Response problem = Problem.response(HttpErrorCode.INVALID_REQUEST, detail, requestId, ProblemMembers.NONE);
        ByteBuffer body = problem.body();
        byte[] head = ("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nX-Request-Id: " + requestId
                        + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Type: "
                        + problem.contentType() + "\r\nContent-Length: " + body.remaining() + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        server.unmatched().record(problem.status(), 0);
        LOG.debug("Malformed request refused, request {}", requestId);
        return ByteBuffer.allocate(head.length + body.remaining())
                .put(head)
                .put(body)
                .flip();
    }
}
