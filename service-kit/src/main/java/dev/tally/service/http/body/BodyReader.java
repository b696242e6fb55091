package dev.tally.service.http.body;

import dev.tally.service.http.limit.BodyBudget;
import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads one body without blocking, on the IO thread. A body that arrived with its headers is read into one array of its
 * size and passed on immediately; any other body gets a listener and a timer. The array grows with the bytes received, so
 * that a large {@code Content-Length} alone does not reserve that much memory.
 */
public final class BodyReader {
    /** Takes the reason why a body cannot be read. */
    public interface Refusal {
        void refuse(Throwable reason);
    }

    public static final byte[] EMPTY = {};
    /** Bytes reserved initially for a body of known length; more is reserved only after these have been received. */
    private static final int FIRST_BYTES_MAX = 16 << 10;

    private static final int FIRST_BYTES_UNKNOWN = 4 << 10;

    private final HttpServerExchange exchange;
    private final int bytesMax;
    private final BodyBudget budget;
    private final HttpLimits limits;
    private final BodyHandler handler;
    private final Refusal refusal;
    /** The length from the headers, or -1 for a chunked body. */
    private final long length;

    /** Its capacity is what this reader holds of the budget. */
    private ByteBuffer buffer = ByteBuffer.wrap(EMPTY);

    private @Nullable StreamSourceChannel channel;
    private XnioExecutor.@Nullable Key deadline;
    private boolean waiting;
    private boolean stopped;

    /**
     * @param bytesMax maximum size of the body
     * @param handler takes the body
     * @param refusal takes what prevents that after {@link #start} has returned
     */
    public BodyReader(
            HttpServerExchange exchange,
            int bytesMax,
            BodyBudget budget,
            HttpLimits limits,
            BodyHandler handler,
            Refusal refusal) {
        this.exchange = exchange;
        this.bytesMax = bytesMax;
        this.budget = budget;
        this.limits = limits;
        this.handler = handler;
        this.refusal = refusal;
        String announced = exchange.getRequestHeaders().getFirst(Headers.CONTENT_LENGTH);
        this.length = announced == null ? -1 : exchange.getRequestContentLength();
    }

    /** @throws ProblemException if the length or the bytes that are there are reason to reject the request */
    public void start() throws Exception {
        if (length > bytesMax) {
            throw tooLarge();
        }
        reserve((int) (length < 0 ? Math.min(FIRST_BYTES_UNKNOWN, bytesMax + 1L) : Math.min(length, FIRST_BYTES_MAX)));
        if (HttpContinue.requiresContinueResponse(exchange)) {
            sendContinue();
        } else {
            readMore();
        }
    }

    /** Whether this reader is waiting for bytes and so keeps the exchange open. */
    public boolean isWaiting() {
        return waiting;
    }

    @Nullable
    StreamSourceChannel channel() {
        return channel;
    }

    /** Stops waiting, if it waits: the request is answered or complete. */
    public void stop() {
        stopped = true;
        if (deadline != null) {
            deadline.remove();
            deadline = null;
        }
        if (waiting && channel != null) {
            waiting = false;
            channel.suspendReads();
            channel.getReadSetter().set(null);
        }
    }

    /** Stops, and gives back the memory of the body. Called once, when the request has ended. */
    public void release() {
        stop();
        budget.giveBack(buffer.capacity());
    }

    private void read() throws Exception {
        StreamSourceChannel source = channel;
        if (source == null) {
            source = exchange.getRequestChannel();
            channel = source;
        }
        if (source == null) {
            throw new IllegalStateException("The body has another reader");
        }
        while (true) {
            int count = source.read(buffer);
            if (buffer.position() > bytesMax) {
                throw tooLarge();
            }
            if (count < 0) {
                finish();
                return;
            }
            if (count == 0 && buffer.hasRemaining()) {
                await(source);
                return;
            }
            if (!buffer.hasRemaining() && buffer.position() != length) {
                grow();
            }
        }
    }

    private void finish() throws Exception {
        stop();
        byte[] bytes = buffer.array();
        handler.handle(buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes);
    }

    private void await(StreamSourceChannel source) {
        if (waiting) {
            return;
        }
        waiting = true;
        startDeadline();
        source.getReadSetter().set(ready -> readMore());
        source.resumeReads();
    }

    private void startDeadline() {
        if (deadline == null) {
            deadline = exchange.getIoThread()
                    .executeAfter(this::tooSlow, limits.bodyDeadline().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void readMore() {
        if (stopped) {
            return;
        }
        try {
            read();
        } catch (IOException e) {
            brokeOff();
        } catch (Throwable t) {
            refusal.refuse(t);
        }
    }

    /** Handles a truncated body. If the connection is open, the client gets an answer: it may have closed only its own side. */
    private void brokeOff() {
        if (length < 0 || !exchange.getConnection().isOpen()) {
            gone(); // Undertow closes the connection after chunks that it cannot parse
            return;
        }
        exchange.setPersistent(false);
        refusal.refuse(new ProblemException(
                HttpErrorCode.INVALID_JSON,
                "body: ended after " + buffer.position() + " of " + length + " bytes (expected: all of them)"));
    }

    /** Handles a client that disconnected before its body was complete: no answer can be sent. */
    private void gone() {
        stop();
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }

    private void tooSlow() {
        if (!stopped) {
            refusal.refuse(new ProblemException(
                    HttpErrorCode.REQUEST_TIMEOUT,
                    "The body was not finished in " + limits.bodyDeadline().toMillis() + " ms"));
        }
    }

    private void grow() {
        long wanted = buffer.capacity() * 2L;
        long most = length < 0 ? bytesMax + 1L : length; // one more byte shows that a chunked body is too large
        reserve((int) Math.min(wanted, most));
    }

    /** Grows the array to {@code capacity}, within the budget for all bodies. */
    private void reserve(int capacity) {
        byte[] old = buffer.array();
        if (!budget.take(capacity - old.length)) {
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED, "Too many bytes of request bodies in memory; nothing was recorded");
        }
        int read = buffer.position();
        buffer = ByteBuffer.wrap(read == 0 ? new byte[capacity] : Arrays.copyOf(old, capacity));
        buffer.position(read);
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                HttpErrorCode.TOO_LARGE,
                "body: " + (length < 0 ? "more than " + bytesMax : String.valueOf(length))
                        + " bytes (expected: at most " + bytesMax + ")");
    }

    private void sendContinue() throws IOException {
        waiting = true;
        startDeadline();
        HttpContinue.sendContinueResponse(exchange, new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange sent, Sender sender) {
                waiting = false;
                if (exchange.isInIoThread()) {
                    readMore();
                } else { // the client's window was full, and Undertow continued on a worker thread
                    exchange.dispatch(exchange.getIoThread(), BodyReader.this::readMore);
                }
            }

            @Override
            public void onException(HttpServerExchange failed, Sender sender, IOException e) {
                gone();
            }
        });
    }
}
