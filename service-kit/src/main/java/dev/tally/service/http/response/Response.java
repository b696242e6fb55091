package dev.tally.service.http.response;

import dev.tally.service.http.json.JsonWriter;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer. One thread builds it and passes it on once, to {@code Request.respond}. */
public final class Response {
    private static final String JSON = "application/json";
    private static final String NO_STORE = "no-store";
    private static final Object[] NO_HEADERS = {};

    private final int status;
    private final String contentType;
    private final ByteBuffer body;
    /** Names and values alternate: an {@link HttpString}, then a String. */
    private Object[] headers = NO_HEADERS;

    private Response(int status, String contentType, ByteBuffer body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    public static Response json(int status, JsonWriter body) {
        return new Response(status, JSON, body.toBuffer());
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, contentType, ByteBuffer.wrap(body));
    }

    public static Response of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
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

    public Object[] headers() {
        return headers;
    }
}
