package dev.tally.service.http.response;

import dev.tally.service.http.body.UnreadBody;
import dev.tally.service.http.limit.HttpLimits;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes one response to its connection on the IO thread, immediately if the client's TCP window has room for it. There is
 * an instance only for a response that cannot be written at once.
 */
public final class ResponseWriter {
    private final HttpServerExchange exchange;
    private final ByteBuffer body;
    private final @Nullable UnreadBody unread;
    private final HttpLimits limits;
    private XnioExecutor.@Nullable Key deadline;
    private boolean ended;

    private ResponseWriter(
            HttpServerExchange exchange, ByteBuffer body, @Nullable UnreadBody unread, HttpLimits limits) {
        this.exchange = exchange;
        this.body = body;
        this.unread = unread;
        this.limits = limits;
    }

    /**
     * Writes a response and ends the exchange, now or when the client has read enough.
     *
     * @param unread the part of the request's body that has not arrived; null if the whole body has been read
     */
    public static void write(
            HttpServerExchange exchange, Response response, @Nullable UnreadBody unread, HttpLimits limits)
            throws IOException {
        ByteBuffer body = response.body();
        response.writeHead(exchange);
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, Integer.toString(body.remaining()));
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            body.position(body.limit());
        }
        if (unread == null && !body.hasRemaining()) {
            exchange.endExchange();
            return;
        }
        StreamSinkChannel channel = exchange.getResponseChannel();
        if (channel == null) {
            return;
        }
        if (unread == null && writeAll(channel, body)) {
            exchange.endExchange();
        } else {
            new ResponseWriter(exchange, body, unread, limits).go(channel);
        }
    }

    private void go(StreamSinkChannel channel) {
        try {
            if (!writeAll(channel, body)) {
                await(channel);
            } else if (unread == null) {
                stop(channel);
                exchange.endExchange();
            } else {
                endWithUnreadBody(channel, unread);
            }
        } catch (IOException e) {
            close();
        }
    }

    private static boolean writeAll(StreamSinkChannel channel, ByteBuffer body) throws IOException {
        while (body.hasRemaining()) {
            if (channel.write(body) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the client reads more of its response, up to a deadline. */
    private void await(StreamSinkChannel channel) {
        if (deadline == null) {
            deadline = exchange.getIoThread()
                    .executeAfter(this::close, limits.idleDeadline().toMillis(), TimeUnit.MILLISECONDS);
            channel.getWriteSetter().set(this::go);
            channel.resumeWrites();
        }
    }

    private void endWithUnreadBody(StreamSinkChannel channel, UnreadBody rest) throws IOException {
        if (!ended) {
            ended = true;
            channel.shutdownWrites();
        }
        if (!channel.flush()) {
            await(channel);
            return;
        }
        stop(channel);
        rest.discardLater(limits.bodyDeadline());
    }

    private void stop(StreamSinkChannel channel) {
        if (deadline != null) {
            deadline.remove();
            channel.suspendWrites();
            channel.getWriteSetter().set(null);
        }
    }

    private void close() {
        if (deadline != null) {
            deadline.remove();
        }
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }
}
