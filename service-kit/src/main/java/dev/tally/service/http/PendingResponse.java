package dev.tally.service.http;

import dev.tally.service.http.body.BodyReader;
import dev.tally.service.http.body.UnreadBody;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.response.Problem;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.response.ResponseQueue;
import dev.tally.service.http.response.ResponseStream;
import dev.tally.service.http.response.ResponseWriter;
import dev.tally.service.http.response.StreamProducer;
import dev.tally.service.http.target.RawTarget;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.xnio.IoUtils;

/**
 * The response to one request: given once, by any thread; written on the IO thread of the connection. When the exchange is
 * complete, however it ends, everything that the request holds is released: its admission and the memory of its body.
 */
final class PendingResponse extends ResponseQueue.Entry implements ExchangeCompletionListener, BodyReader.Refusal {
    static final HttpString X_REQUEST_ID = HttpString.tryFromString("X-Request-Id");

    private static final Logger LOG = LoggerFactory.getLogger(Request.class);
    /** Logs one line for each request. Off by default. */
    private static final Logger REQUESTS = LoggerFactory.getLogger("dev.tally.requests");

    private static final String ID_IN_LOGS = "requestId";
    private static final AtomicReferenceFieldUpdater<PendingResponse, @Nullable Response> RESPONSE =
            AtomicReferenceFieldUpdater.newUpdater(PendingResponse.class, Response.class, "response");

    private final HttpServerExchange exchange;
    private final ServerParts server;
    private final String requestId;
    private final long startNanos = System.nanoTime();

    private volatile @Nullable Response response;

    // Only the IO thread accesses the fields below.
    private @Nullable RouteEntry route;
    private @Nullable BodyReader body;
    private @Nullable ResponseStream stream;
    private boolean admitted;
    private boolean writing;
    private boolean released;

    PendingResponse(HttpServerExchange exchange, ServerParts server, String requestId) {
        this.exchange = exchange;
        this.server = server;
        this.requestId = requestId;
        exchange.addExchangeCompleteListener(this);
    }

    String requestId() {
        return requestId;
    }

    ServerParts server() {
        return server;
    }

    /** The request counts as one of this route in the metrics. */
    void routed(RouteEntry entry) {
        route = entry;
    }

    /** The request is counted as in flight until it is released. */
    void admitted() {
        admitted = true;
    }

    /** The body is being read. The reader is stopped when the response is written. */
    void reads(BodyReader reader) {
        body = reader;
    }

    /** Whether the exchange is in progress without the caller: it waits for its body, or its response is being written. */
    boolean isInProgress() {
        return writing || (body != null && body.isWaiting());
    }

    /** Gives the response. Any thread. Returns false if there is one already. */
    boolean give(Response given) {
        if (!RESPONSE.compareAndSet(this, null, given)) {
            return false;
        }
        boolean isStream = given.producer() != null; // started when the handler of its request has returned
        if (exchange.isInIoThread() && !isStream) {
            write();
        } else {
            server.responseQueue(exchange.getIoThread()).add(this);
        }
        return true;
    }

    /** Gives the problem that an exception stands for; if it stands for none, 500. Any thread. */
    @Override
    public void refuse(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            give(Problem.response(problem.code(), problem.detail(), requestId, ProblemMembers.NONE));
        } else {
            fail(thrown);
        }
    }

    /** Gives 500 and logs the cause. Any thread. */
    boolean fail(Throwable cause) {
        logging(() -> LOG.error(
                "{} {} failed, request {}", exchange.getRequestMethod(), RawTarget.path(exchange), requestId, cause));
        return give(Problem.response(
                HttpErrorCode.INTERNAL,
                "Internal error; search the logs for requestId " + requestId,
                requestId,
                ProblemMembers.NONE));
    }

    /** Adds the request ID to the MDC while {@code lines} runs on this thread. */
    void logging(Runnable lines) {
        MDC.put(ID_IN_LOGS, requestId);
        try {
            lines.run();
        } finally {
            MDC.remove(ID_IN_LOGS);
        }
    }

    /** Writes the response. Runs on the IO thread. */
    @Override
    protected void write() {
        Response given = response;
        if (given == null || writing || exchange.isComplete()) {
            return;
        }
        writing = true;
        if (body != null) {
            body.stop();
        }
        try {
            UnreadBody unread = exchange.isRequestComplete() ? null : UnreadBody.rest(exchange, body);
            if (unread != null || server.admission().isClosing()) {
                exchange.setPersistent(false);
            }
            exchange.getResponseHeaders().put(X_REQUEST_ID, requestId);
            StreamProducer producer = given.producer();
            if (producer == null) {
                ResponseWriter.write(exchange, given, unread, server.limits());
            } else {
                writeStream(given, producer, unread);
            }
            if (unread != null && stream == null) {
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

    private void writeStream(Response head, StreamProducer producer, @Nullable UnreadBody unread) throws IOException {
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            ResponseStream.writeHead(head, exchange);
            exchange.endExchange();
            return;
        }
        try {
            server.openStreams().enter();
        } catch (ProblemException e) {
            Response problem = Problem.response(e.code(), e.detail(), requestId, ProblemMembers.NONE);
            ResponseWriter.write(exchange, problem, unread, server.limits());
            return;
        }
        ResponseQueue queue = server.responseQueue(exchange.getIoThread());
        ResponseStream opened =
                new ResponseStream(exchange, producer, server.openStreams(), queue, server.limits(), requestId);
        stream = opened;
        opened.start(ResponseStream.writeHead(head, exchange));
    }

    private void abandon() {
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }

    /** The exchange is complete. */
    @Override
    public void exchangeEvent(HttpServerExchange completed, NextListener next) {
        try {
            release();
        } finally {
            next.proceed();
        }
    }

    /** Releases what the request holds, once, when the request has ended in any way. */
    private void release() {
        if (released) {
            return;
        }
        released = true;
        if (body != null) {
            body.release();
        }
        if (stream != null) {
            stream.exchangeCompleted();
        }
        RouteEntry entry = route;
        RouteMetrics metrics = entry == null ? server.unmatched() : entry.metrics();
        long nanos = System.nanoTime() - startNanos;
        metrics.record(exchange.getStatusCode(), nanos);
        if (REQUESTS.isInfoEnabled()) {
            logging(() -> log(nanos));
        }
        if (admitted && entry != null) {
            server.admission().leave(entry.route().kind());
        }
    }

    private void log(long nanos) {
        String target = Shown.raw(RawTarget.path(exchange));
        String millis = String.format(Locale.ROOT, "%.1f", nanos / 1e6);
        REQUESTS.info(
                "{} {} {} in {} ms, request {}",
                exchange.getRequestMethod(),
                target,
                exchange.getStatusCode(),
                millis,
                requestId);
    }
}
