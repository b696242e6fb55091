package dev.tally.service.http;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.response.Problem;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The lowest sink conduit of one connection. Undertow's parser rejects bytes that are not a request by writing one constant
 * to the connection's channel before an exchange exists; this conduit sends a problem instead. While a request is being
 * answered, its own conduits are between the channel and this one, and their writes are passed on unchecked. Runs on the
 * connection's IO thread.
 */
final class ParserRefusals extends AbstractStreamSinkConduit<StreamSinkConduit> {
    /** The constant of Undertow's HttpReadListener. If Undertow changed it, it would be sent unchanged and a test would fail. */
    private static final ByteBuffer BARE = ByteBuffer.wrap(
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1))
            .asReadOnlyBuffer();

    private final ConduitStreamSinkChannel channel;
    private final Answer answer;
    private @Nullable ByteBuffer pending;

    private ParserRefusals(ConduitStreamSinkChannel channel, Answer answer) {
        super(channel.getConduit());
        this.channel = channel;
        this.answer = answer;
    }

    /** Installs the conduit. Must be called before Undertow sees the connection. */
    static void on(StreamConnection connection, Answer answer) {
        ConduitStreamSinkChannel channel = connection.getSinkChannel();
        channel.setConduit(new ParserRefusals(channel, answer));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.getConduit() == this && source.equals(BARE) ? writeInstead(source) : next.write(source);
    }

    /** Consumes the whole source once the whole problem is written, and none of it before. */
    private int writeInstead(ByteBuffer source) throws IOException {
        ByteBuffer problem = pending;
        if (problem == null) {
            problem = answer.next();
            pending = problem;
        }
        while (problem.hasRemaining()) {
            if (next.write(problem) == 0) {
                return 0;
            }
        }
        int taken = source.remaining();
        source.position(source.limit());
        return taken;
    }

    /** The problem that is sent instead. Any IO thread may use it. */
    static final class Answer {
        private static final Logger LOG = LoggerFactory.getLogger(ParserRefusals.class);

        private final ServerParts server;
        private final String detail;

        Answer(ServerParts server) {
            this.server = server;
            HttpLimits limits = server.limits();
            detail = "The bytes are no HTTP/1.1 request (expected: a target without raw spaces, control and non-ASCII"
                    + " characters and broken escapes, headers as RFC 9112 writes them, one length of the body, at most "
                    + limits.headersMax() + " headers, and at most " + limits.headerBytesMax()
                    + " bytes of request line and headers)";
        }

        private ByteBuffer next() {
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
}
