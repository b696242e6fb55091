package dev.tally.service.http.response;

import dev.tally.service.http.limit.HttpLimits;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * The body of one response, written piece by piece by any thread and sent in the order of the calls. What the client has not
 * read yet is kept here, up to {@link HttpLimits#streamUnsentBytesMax}; the connection of a client
 * that leaves more unread, or reads nothing for {@link HttpLimits#idleDeadline}, is closed. The IO thread of the connection does all input and output.
 */
public final class ResponseStream {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseStream.class);

    /** In one run; a stream that has more to send queues again, so that it does not occupy the IO thread. */
    private static final int WRITES_MAX = 16;

    private final HttpServerExchange exchange;
    private final StreamProducer producer;
    private final OpenStreams open;
    private final ResponseQueue queue;
    private final HttpLimits limits;
    private final String requestId;
    private final Sending sending = new Sending();

    // Guarded by this.
    private final UnsentBytes unsent;
    /** Set when the stream takes no more bytes. */
    private @Nullable StreamEnd end;

    private boolean queued;
    private boolean closed;

    // Only the IO thread accesses the fields below.
    private @Nullable StreamSinkChannel channel;
    private XnioExecutor.@Nullable Key deadline;
    private boolean headSent;
    private boolean waiting;
    private boolean ended;

    /** @param open the stream has entered it */
    public ResponseStream(
            HttpServerExchange exchange,
            StreamProducer producer,
            OpenStreams open,
            ResponseQueue queue,
            HttpLimits limits,
            String requestId) {
        this.exchange = exchange;
        this.producer = producer;
        this.open = open;
        this.queue = queue;
        this.limits = limits;
        this.requestId = requestId;
        this.unsent = new UnsentBytes(limits.streamUnsentBytesMax());
    }

    /**
     * Sends bytes, now or when the client has read enough. Any thread; never blocks. Returns false if the stream is closed or
     * is being closed, also because these bytes exceed the bound. The bytes are copied.
     */
    public boolean write(byte[] bytes) {
        boolean taken;
        synchronized (this) {
            if (end != null) {
                return false;
            }
            taken = unsent.add(bytes);
            if (!taken) {
                end = StreamEnd.TOO_SLOW;
            }
        }
        wakeUp();
        return taken;
    }

    /** Ends the stream once all bytes are sent. Any thread. Does nothing if the stream is closed. */
    public void end() {
        endWith(StreamEnd.COMPLETE);
    }

    /** Ends the stream once all bytes are sent: the server is closing. */
    void shutDown() {
        endWith(StreamEnd.SHUTTING_DOWN);
    }

    private void endWith(StreamEnd reason) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = reason;
        }
        wakeUp();
    }

    /**
     * Determines the head of a stream, which the channel sends with the first bytes or the first flush. Chunks show the client
     * whether it received all of the stream. IO thread.
     */
    public static StreamSinkChannel writeHead(Response response, HttpServerExchange exchange) throws IOException {
        response.writeHead(exchange);
        exchange.setPersistent(false); // what the client sends during a stream is discarded
        if (exchange.isHttp11()) {
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        }
        StreamSinkChannel sink = exchange.getResponseChannel();
        if (sink == null) {
            throw new IOException("The response has no channel");
        }
        return sink;
    }

    /** Opens the stream and sends its head. IO thread. */
    public void start(StreamSinkChannel sink) {
        channel = sink;
        open.add(this);
        DisconnectWatch.on((AbstractServerConnection) exchange.getConnection(), () -> close(StreamEnd.DISCONNECTED));
        producer.opened(this);
        send();
    }

    /** The exchange is complete: the response is sent, or the connection is closed. Any thread. */
    public void exchangeCompleted() {
        close(exchange.isResponseComplete() ? StreamEnd.COMPLETE : StreamEnd.DISCONNECTED);
    }

    /** Whether the stream is to end and all its bytes are sent. A write between the two would be refused. */
    private synchronized boolean isOver() {
        return end != null && end != StreamEnd.TOO_SLOW && unsent.count() == 0;
    }

    /** Makes the IO thread send, once for all bytes that are written until it does. */
    private void wakeUp() {
        synchronized (this) {
            if (queued) {
                return;
            }
            queued = true;
        }
        queue.add(sending);
    }

    private void send() {
        StreamSinkChannel sink = channel;
        if (sink == null || isClosed()) {
            return;
        }
        if (endReason() == StreamEnd.TOO_SLOW) {
            closeSlow();
            return;
        }
        try {
            if (!sendAll(sink) || !flush(sink)) {
                await(sink);
            } else if (ended) {
                close(StreamEnd.COMPLETE);
            } else {
                stopWaiting(sink);
            }
        } catch (IOException e) {
            LOG.debug("Client disconnected during the stream of request {}", requestId, e);
            close(StreamEnd.DISCONNECTED);
        }
    }

    /** Returns false if the client must read before more can be sent. */
    private boolean sendAll(StreamSinkChannel sink) throws IOException {
        for (int writes = 0; writes < WRITES_MAX; writes++) {
            ByteBuffer next = next();
            if (next == null) {
                return true;
            }
            int count = sink.write(next);
            if (count == 0) {
                return false;
            }
            synchronized (this) {
                unsent.sent(count);
            }
            stopDeadline();
        }
        wakeUp();
        return true;
    }

    private synchronized @Nullable ByteBuffer next() {
        return unsent.next();
    }

    private boolean flush(StreamSinkChannel sink) throws IOException {
        if (!headSent && !sink.flush()) {
            return false;
        }
        headSent = true; // before the end: a channel that is shut down without it sends nothing at all
        if (!ended && isOver()) {
            ended = true;
            sink.shutdownWrites(); // sends the last chunk, with the flush
        }
        return sink.flush();
    }

    /** Waits until the client reads more, up to a deadline that starts again with each byte. */
    private void await(StreamSinkChannel sink) {
        if (deadline == null) {
            deadline = exchange.getIoThread()
                    .executeAfter(this::closeSlow, limits.idleDeadline().toMillis(), TimeUnit.MILLISECONDS);
        }
        waiting = true;
        sink.getWriteSetter().set(ready -> send());
        sink.resumeWrites();
    }

    private void stopWaiting(StreamSinkChannel sink) {
        stopDeadline();
        if (waiting) {
            waiting = false;
            sink.suspendWrites();
        }
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.remove();
            deadline = null;
        }
    }

    private void closeSlow() {
        if (!isClosed()) {
            LOG.info(
                    "Stream closed: its client reads too slowly, {} bytes unsent (limit {}), request {}",
                    unsentCount(),
                    limits.streamUnsentBytesMax(),
                    requestId);
        }
        close(StreamEnd.TOO_SLOW);
    }

    private synchronized int unsentCount() {
        return unsent.count();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized @Nullable StreamEnd endReason() {
        return end;
    }

    /** Closes the stream, once. Any thread. {@code COMPLETE} means here that the client was sent all of it. */
    private void close(StreamEnd reason) {
        StreamEnd told;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            told = reason == StreamEnd.COMPLETE && end != null ? end : reason;
            end = told;
            unsent.clear();
        }
        open.leave(this);
        if (reason != StreamEnd.COMPLETE || !exchange.isRequestComplete()) {
            IoUtils.safeClose(exchange.getConnection());
        }
        exchange.endExchange();
        producer.closed(told);
    }

    /** Takes this stream to its IO thread. In the queue at most once at a time. */
    private final class Sending extends ResponseQueue.Entry {
        @Override
        protected void write() {
            synchronized (ResponseStream.this) {
                queued = false;
            }
            send();
        }
    }
}
