package dev.tally.service.http;

import dev.tally.service.http.response.Response;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/** Writes one answer to its connection on the IO thread, immediately if the client's TCP window has room for it. */
final class AnswerWriter {
    private static final String NOSNIFF = "nosniff";

    private final HttpServerExchange exchange;
    private final ByteBuffer body;
    private final @Nullable UnreadBody unread;
    private final HttpLimits limits;
    private XnioExecutor.@Nullable Key deadline;
    private boolean ended;

    /** @param unread the part of the request's body that has not arrived; null if the whole body has been read */
    AnswerWriter(HttpServerExchange exchange, Response response, @Nullable UnreadBody unread, HttpLimits limits) {
        this.exchange = exchange;
        this.body = response.body();
        this.unread = unread;
        this.limits = limits;
        exchange.setStatusCode(response.status());
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, response.contentType());
        headers.put(Headers.X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        headers.put(Headers.CONTENT_LENGTH, Integer.toString(body.remaining()));
        Object[] more = response.headers();
        for (int i = 0; i < more.length; i += 2) {
            headers.put((HttpString) more[i], (String) more[i + 1]);
        }
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            body.position(body.limit());
        }
    }

    void write() {
        if (unread == null && !body.hasRemaining()) {
            exchange.endExchange();
            return;
        }
        StreamSinkChannel channel = exchange.getResponseChannel();
        if (channel != null) {
            go(channel);
        }
    }

    private void go(StreamSinkChannel channel) {
        try {
            if (!writeAll(channel)) {
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

    private boolean writeAll(StreamSinkChannel channel) throws IOException {
        while (body.hasRemaining()) {
            if (channel.write(body) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the client reads more of its answer, up to a deadline. */
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
