package dev.tally.service.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/** Writes answers to their connections, on the IO thread. */
final class AnswerWriter {
    private AnswerWriter() {}

    /** @param deadline how long a client may take to read what does not fit into its window */
    static void write(HttpServerExchange exchange, Response response, Duration deadline) {
        exchange.setStatusCode(response.status());
        HeaderMap headers = exchange.getResponseHeaders();
        ByteBuffer body = response.body();
        headers.put(Headers.CONTENT_TYPE, response.contentType());
        headers.put(Headers.CONTENT_LENGTH, Integer.toString(body.remaining()));
        Object[] more = response.headers();
        for (int i = 0; i < more.length; i += 2) {
            headers.put((HttpString) more[i], (String) more[i + 1]);
        }
        if (!body.hasRemaining() || exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        StreamSinkChannel channel = exchange.getResponseChannel();
        if (channel != null) {
            writeBody(exchange, channel, body, deadline);
        }
    }

    private static void writeBody(
            HttpServerExchange exchange, StreamSinkChannel channel, ByteBuffer body, Duration deadline) {
        try {
            if (writeSome(channel, body)) {
                exchange.endExchange();
                return;
            }
        } catch (IOException e) {
            close(exchange);
            return;
        }
        XnioExecutor.Key timer =
                exchange.getIoThread().executeAfter(() -> close(exchange), deadline.toMillis(), TimeUnit.MILLISECONDS);
        channel.getWriteSetter().set(ready -> {
            try {
                if (writeSome(channel, body)) {
                    timer.remove();
                    channel.suspendWrites();
                    channel.getWriteSetter().set(null);
                    exchange.endExchange();
                }
            } catch (IOException e) {
                timer.remove();
                close(exchange);
            }
        });
        channel.resumeWrites();
    }

    /** True when all is written. */
    private static boolean writeSome(StreamSinkChannel channel, ByteBuffer body) throws IOException {
        while (body.hasRemaining()) {
            if (channel.write(body) == 0) {
                return false;
            }
        }
        return true;
    }

    private static void close(HttpServerExchange exchange) {
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }
}
