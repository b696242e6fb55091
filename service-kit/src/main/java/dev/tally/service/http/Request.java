package dev.tally.service.http;

import dev.tally.service.http.body.BodyHandler;
import dev.tally.service.http.body.BodyHeaders;
import dev.tally.service.http.body.BodyReader;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.response.Problem;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.target.QueryParameters;
import dev.tally.service.http.target.RawText;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client requests, as an endpoint sees it: a thin view of the Undertow exchange. It is read on the IO thread of its
 * connection. Any thread may call {@link #respond} and {@link #problem}; the first call wins.
 */
public final class Request {
    private static final Logger LOG = LoggerFactory.getLogger(Request.class);

    private final HttpServerExchange exchange;
    private final String path;
    private final RouteTemplate template;
    private final PendingResponse response;

    Request(HttpServerExchange exchange, String path, RouteTemplate template, PendingResponse response) {
        this.exchange = exchange;
        this.path = path;
        this.template = template;
        this.response = response;
    }

    /** The underlying exchange, for example for headers. */
    public HttpServerExchange exchange() {
        return exchange;
    }

    /** The request ID, used in answers and logs: the client's {@code X-Request-Id} or a generated one. */
    public String requestId() {
        return response.requestId();
    }

    /** Whether the server is closing. This request is still answered; new ones are rejected. */
    public boolean isServerClosing() {
        return response.server().admission().isClosing();
    }

    /** The path as the client wrote it. */
    public String rawPath() {
        return path;
    }

    /** The first value of a header, or null. */
    public @Nullable String header(HttpString name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /**
     * The path segment of a template parameter, percent-decoded strictly and once.
     *
     * @throws ProblemException {@code invalid_name} if it is not the percent-encoding of UTF-8
     */
    public String pathParameter(String name) {
        int start = 1;
        for (int i = template.segmentOf(name); i > 0; i--) {
            start = path.indexOf('/', start) + 1;
        }
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        String decoded = RawText.decode(path, start, end);
        if (decoded == null) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_NAME,
                    name + ": " + Shown.text(path.substring(start, end))
                            + " (expected: the percent-encoding of UTF-8)");
        }
        return decoded;
    }

    /** The query of the target, read strictly. */
    public QueryParameters query() {
        return QueryParameters.parse(exchange.getQueryString());
    }

    /**
     * Reads the whole body without blocking, then calls the handler on the IO thread; immediately if the body arrived with
     * the headers. If the body is too large, too slow, of another media type or beyond the budget for all bodies, the request
     * is answered with a problem and the handler is not called.
     *
     * @param bytesMax maximum size of the body; a larger one is answered 413 {@code too_large}
     * @throws ProblemException if the headers alone are reason to reject the request
     */
    public void readBody(int bytesMax, BodyHandler handler) throws Exception {
        BodyHeaders.check(exchange);
        if (exchange.isRequestComplete()) {
            handler.handle(BodyReader.EMPTY);
            return;
        }
        ServerParts server = response.server();
        BodyReader reader = new BodyReader(exchange, bytesMax, server.bodyBudget(), server.limits(), handler, response);
        response.reads(reader);
        reader.start();
    }

    /**
     * Continues the request on the server's small thread pool, for work that would occupy an IO thread too long. The bound
     * on concurrent requests also bounds the pool's queue. An exception of the work becomes the answer.
     */
    public void offload(Endpoint work) {
        exchange.getConnection().getWorker().execute(() -> handle(work));
    }

    /**
     * Continues the request on the IO thread of its connection, for callers on a thread that must not be occupied. Any
     * thread. An exception of the work becomes the answer. Does nothing once the server has stopped.
     */
    public void resume(Endpoint work) {
        try {
            exchange.getIoThread().execute(() -> handle(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("Server stopped before request {} was answered", requestId(), e);
        }
    }

    private void handle(Endpoint work) {
        try {
            work.handle(this);
        } catch (Throwable thrown) {
            response.refuse(thrown);
        }
    }

    /** Answers the request. Any thread. Returns false if it was already answered or the client has disconnected. */
    public boolean respond(Response given) {
        return response.give(given);
    }

    /** Answers the request with a problem. Any thread. */
    public boolean problem(ErrorCode code, String detail) {
        return problem(code, detail, ProblemMembers.NONE);
    }

    /** Answers the request with a problem that has extension members. Any thread. */
    public boolean problem(ErrorCode code, String detail, ProblemMembers members) {
        return response.give(problemResponse(code, detail, members));
    }

    /** Creates a problem for {@link #respond}, to which the caller may add headers. Any thread. */
    public Response problemResponse(ErrorCode code, String detail, ProblemMembers members) {
        return Problem.response(code, detail, requestId(), members);
    }

    /** Answers with 500 and logs the cause. The client does not see its message. Any thread. */
    public boolean fail(Throwable cause) {
        return response.fail(cause);
    }

    /** Adds the request ID to the MDC while {@code lines} runs on this thread. Not for every request: it costs a map. */
    public void logging(Runnable lines) {
        response.logging(lines);
    }
}
