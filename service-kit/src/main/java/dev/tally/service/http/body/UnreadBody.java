package dev.tally.service.http.body;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * The unread rest of a body when the answer is already known. It is read and discarded, within bounds. If it were left in
 * the socket, the next request of the connection would be read from the middle of it, or closing the connection would make
 * the kernel send a reset, which can discard the answer while the client is still sending. Runs on the IO thread.
 */
public final class UnreadBody {
    private static final int SCRATCH_BYTES = 16 << 10;
    /** Maximum bytes discarded before the answer, to keep the connection open. */
    private static final int AT_ONCE_BYTES_MAX = 64 << 10;
    /** Maximum bytes discarded after the answer, before the connection is closed. */
    private static final int LATER_BYTES_MAX = 16 << 20;

    private final HttpServerExchange exchange;
    private final StreamSourceChannel channel;
    private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);
    private long bytesLeft;
    private XnioExecutor.@Nullable Key timer;

    private UnreadBody(HttpServerExchange exchange, StreamSourceChannel channel) {
        this.exchange = exchange;
        this.channel = channel;
    }

    /** The rest of a body that is not read to its end, or null if the bytes received so far complete it. */
    public static @Nullable UnreadBody rest(HttpServerExchange exchange, @Nullable BodyReader reader)
            throws IOException {
        StreamSourceChannel channel = reader == null ? null : reader.channel();
        if (channel == null) {
            channel = exchange.getRequestChannel();
        }
        if (channel == null) {
            throw new IOException("The request has no channel");
        }
        UnreadBody rest = new UnreadBody(exchange, channel);
        boolean unsent = HttpContinue.requiresContinueResponse(exchange);
        return !unsent && rest.discard(AT_ONCE_BYTES_MAX) ? null : rest;
    }

    /** Discards after the answer, until the end of the body, the bound or the deadline. Then closes the connection. */
    public void discardLater(Duration deadline) {
        bytesLeft = LATER_BYTES_MAX;
        timer = exchange.getIoThread().executeAfter(this::close, deadline.toMillis(), TimeUnit.MILLISECONDS);
        channel.getReadSetter().set(ready -> discardMore());
        channel.resumeReads();
    }

    private void discardMore() {
        try {
            if (discard(bytesLeft)) {
                stop();
                exchange.endExchange();
            } else if (bytesLeft <= 0) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Returns true at the end of the body; false if no more bytes are available or {@code most} bytes were read. */
    private boolean discard(long most) throws IOException {
        long left = most;
        int count = 1;
        while (count > 0 && left > 0) {
            scratch.clear();
            count = channel.read(scratch);
            left -= Math.max(count, 0);
        }
        bytesLeft = left;
        return count < 0;
    }

    private void close() {
        stop();
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }

    private void stop() {
        channel.suspendReads();
        channel.getReadSetter().set(null);
        if (timer != null) {
            timer.remove();
        }
    }
}
