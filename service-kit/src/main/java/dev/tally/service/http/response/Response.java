package dev.tally.service.http.response;

import dev.tally.service.http.json.JsonWriter;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An answer. One thread builds it and passes it on once, to {@code Request.respond}. */
public final class Response {
    private static final String JSON = "application/json";
    private static final String NOSNIFF = "nosniff";
    private static final String NO_STORE = "no-store";
    private static final int STREAM_STATUS = 200;
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);
    private static final Object[] NO_HEADERS = {};

    private final int status;
    private final String contentType;
    private final ByteBuffer body;
    /** Produces the body of a stream; null if the body is complete. */
    private final @Nullable StreamProducer producer;
    /** Names and values alternate: an {@link HttpString}, then a String. */
    private Object[] headers = NO_HEADERS;

    private Response(int status, String contentType, ByteBuffer body, @Nullable StreamProducer producer) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.producer = producer;
    }

    public static Response json(int status, JsonWriter body) {
        return new Response(status, JSON, body.toBuffer(), null);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, contentType, ByteBuffer.wrap(body), null);
    }

    public static Response of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A response with status 200 whose body is sent piece by piece while it is produced. The connection is closed after it.
     * If too many streams are open, the answer is 503 {@code overloaded} instead, and the producer is not called.
     */
    public static Response stream(String contentType, StreamProducer producer) {
        return new Response(STREAM_STATUS, contentType, NO_BODY, producer);
    }

    /** Adds a header. The name should be a constant: an {@link HttpString} caches its bytes and its hash. */
    public Response header(HttpString name, String value) {
        headers = Arrays.copyOf(headers, headers.length + 2);
        headers[headers.length - 2] = name;
        headers[headers.length - 1] = value;
        return this;
    }

    /** Adds {@code Cache-Control: no-store}. */
    public Response noStore() {
        return header(Headers.CACHE_CONTROL, NO_STORE);
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    public ByteBuffer body() {
        return body;
    }

    public @Nullable StreamProducer producer() {
        return producer;
    }

    /** Writes status and headers, all but those that depend on the length of the body. */
    public void writeHead(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        HeaderMap map = exchange.getResponseHeaders();
        map.put(Headers.CONTENT_TYPE, contentType);
        map.put(Headers.X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        for (int i = 0; i < headers.length; i += 2) {
            map.put((HttpString) headers[i], (String) headers[i + 1]);
        }
    }
}
