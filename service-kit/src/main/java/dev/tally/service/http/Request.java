package dev.tally.service.http;

import dev.tally.service.http.origin.OriginCheck;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.response.Problem;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.target.QueryParameters;
import dev.tally.service.http.target.RawTarget;
import dev.tally.service.http.target.RawText;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.xnio.IoUtils;

/**
 * One request, a thin view of its Undertow exchange. It is read on the IO thread of its connection. Any thread may call
 * {@link #respond} and {@link #problem}; the first call wins.
 */
public final class Request extends AnswerQueue.Entry {
    private static final Logger LOG = LoggerFactory.getLogger(Request.class);
    /** Logs one line for each request. Off by default. */
    private static final Logger REQUESTS = LoggerFactory.getLogger("dev.tally.requests");

    private static final String ID_IN_LOGS = "requestId";
    private static final HttpString X_REQUEST_ID = HttpString.tryFromString("X-Request-Id");
    private static final AtomicReferenceFieldUpdater<Request, @Nullable Response> ANSWER =
            AtomicReferenceFieldUpdater.newUpdater(Request.class, Response.class, "answer");

    private final HttpServerExchange exchange;
    private final ServerParts server;
    private final String path;
    private final String requestId;
    private final long startNanos = System.nanoTime();

    private @Nullable RouteEntry entry;
    private volatile @Nullable Response answer;

    // Only the IO thread accesses the fields below.
    private boolean admitted;
    private boolean writing;
    private boolean released;
    private @Nullable BodyReader bodyReader;
    private long budgetTaken;

    Request(HttpServerExchange exchange, ServerParts server) {
        this.exchange = exchange;
        this.server = server;
        this.path = RawTarget.path(exchange);
        this.requestId = server.requestIds().idFor(exchange.getRequestHeaders().getFirst(X_REQUEST_ID));
        exchange.addExchangeCompleteListener(new Completion());
    }

    /** The underlying exchange, for example for headers. */
    public HttpServerExchange exchange() {
        return exchange;
    }

    /** The request ID, used in answers and logs: the client's {@code X-Request-Id} or a generated one. */
    public String requestId() {
        return requestId;
    }

    /** Whether the server is closing. This request is still answered; new ones are rejected. */
    public boolean isServerClosing() {
        return server.admission().isClosing();
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
        if (entry == null) {
            throw new IllegalStateException("The request has no route");
        }
        int start = 1;
        for (int i = entry.template().segmentOf(name); i > 0; i--) {
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
            handler.handle(this, BodyReader.EMPTY);
            return;
        }
        bodyReader = new BodyReader(this, bytesMax, handler);
        bodyReader.start();
    }

    /**
     * Continues the request on the server's small thread pool, for work that would occupy an IO thread too long. The bound
     * on concurrent requests also bounds the pool's queue. An exception of the work becomes the answer.
     */
    public void offload(Endpoint work) {
        exchange.getConnection().getWorker().execute(() -> {
            try {
                work.handle(this);
            } catch (Throwable thrown) {
                answerWith(thrown);
            }
        });
    }

    /**
     * Continues the request on the IO thread of its connection, for callers on a thread that must not be occupied. Any
     * thread. An exception of the work becomes the answer. Does nothing once the server has stopped.
     */
    public void resume(Endpoint work) {
        try {
            exchange.getIoThread().execute(() -> {
                try {
                    work.handle(this);
                } catch (Throwable thrown) {
                    answerWith(thrown);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Server stopped before request {} was answered", requestId, e);
        }
    }

    /** Answers the request. Any thread. Returns false if it was already answered or the client has disconnected. */
    public boolean respond(Response response) {
        if (!ANSWER.compareAndSet(this, null, response)) {
            return false;
        }
        if (exchange.isInIoThread()) {
            writeAnswer();
        } else {
            server.answerQueue(exchange.getIoThread()).add(this);
        }
        return true;
    }

    /** Answers the request with a problem. Any thread. */
    public boolean problem(ErrorCode code, String detail) {
        return problem(code, detail, ProblemMembers.NONE);
    }

    /** Answers the request with a problem that has extension members. Any thread. */
    public boolean problem(ErrorCode code, String detail, ProblemMembers members) {
        return respond(problemResponse(code, detail, members));
    }

    /** Creates a problem for {@link #respond}, to which the caller may add headers. Any thread. */
    public Response problemResponse(ErrorCode code, String detail, ProblemMembers members) {
        return Problem.response(code, detail, requestId, members);
    }

    /** Adds the request ID to the MDC while {@code lines} runs on this thread. Not for every request: it costs a map. */
    public void logging(Runnable lines) {
        MDC.put(ID_IN_LOGS, requestId);
        try {
            lines.run();
        } finally {
            MDC.remove(ID_IN_LOGS);
        }
    }

    /** Answers with 500 and logs the cause. The client does not see its message. Any thread. */
    public boolean fail(Throwable cause) {
        logging(() -> LOG.error("{} {} failed, request {}", exchange.getRequestMethod(), path, requestId, cause));
        return problem(HttpErrorCode.INTERNAL, "Internal error; search the logs for requestId " + requestId);
    }

    /** Answers with the exception that a handler threw. */
    void answerWith(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            problem(problem.code(), problem.detail());
        } else {
            fail(thrown);
        }
    }

    void handle(RouteEntry route, OriginCheck originCheck) throws Exception {
        entry = route;
        if (route.route().writes()) {
            originCheck.check(exchange);
        }
        server.admission().enter(route.route().kind());
        admitted = true;
        route.route().endpoint().handle(this);
    }

    /** Whether the exchange is in progress without the caller: it waits for its body, or its answer is being written. */
    boolean isUnderWay() {
        return writing || (bodyReader != null && bodyReader.isWaiting());
    }

    ServerParts server() {
        return server;
    }

    /** Reserves bytes of the body budget until the exchange is complete. */
    boolean takeBudget(long bytes) {
        if (!server.bodyBudget().take(bytes)) {
            return false;
        }
        budgetTaken += bytes;
        return true;
    }

    /** Writes the answer. Runs on the IO thread. */
    @Override
    void writeAnswer() {
        Response response = answer;
        if (response == null || writing || exchange.isComplete()) {
            return;
        }
        writing = true;
        if (bodyReader != null) {
            bodyReader.stop();
        }
        try {
            UnreadBody unread = UnreadBody.rest(exchange, bodyReader);
            if (unread != null || server.admission().isClosing()) {
                exchange.setPersistent(false);
            }
            exchange.getResponseHeaders().put(X_REQUEST_ID, requestId);
            new AnswerWriter(exchange, response, unread, server.limits()).write();
            if (unread != null) {
                release(); // discarding the rest of the body is not part of the request
            }
        } catch (IOException e) {
            LOG.debug("Client disconnected before request {} was answered", requestId, e);
            abandon();
        } catch (RuntimeException e) {
            logging(() -> LOG.error("Response to request {} could not be written", requestId, e));
            abandon();
        }
    }

    private void abandon() {
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }

    /** Releases what the request holds, once, when the request has ended in any way. */
    private void release() {
        if (released) {
            return;
        }
        released = true;
        if (bodyReader != null) {
            bodyReader.stop();
        }
        server.bodyBudget().giveBack(budgetTaken);
        RouteEntry route = entry;
        RouteMetrics metrics = route == null ? server.unmatched() : route.metrics();
        long nanos = System.nanoTime() - startNanos;
        metrics.record(exchange.getStatusCode(), nanos);
        if (REQUESTS.isInfoEnabled()) {
            logging(() -> log(nanos));
        }
        if (admitted && route != null) {
            server.admission().leave(route.route().kind());
        }
    }

    private void log(long nanos) {
        String target = Shown.raw(path);
        String millis = String.format(Locale.ROOT, "%.1f", nanos / 1e6);
        REQUESTS.info(
                "{} {} {} in {} ms, request {}",
                exchange.getRequestMethod(),
                target,
                exchange.getStatusCode(),
                millis,
                requestId);
    }

    private final class Completion implements ExchangeCompletionListener {
        @Override
        public void exchangeEvent(HttpServerExchange completed, NextListener next) {
            try {
                release();
            } finally {
                next.proceed();
            }
        }
    }
}
