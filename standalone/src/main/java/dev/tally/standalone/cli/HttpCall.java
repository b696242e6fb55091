package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request on a connection of its own, by the JDK's older client. {@code java.net.http} loads a thousand more classes,
 * and its selector thread delays the end of the process by 0.3 s.
 */
final class HttpCall implements Callable<HttpCall.Response> {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration READ_MAX = Duration.ofSeconds(60);

    static {
        // By default a POST whose connection breaks is sent a second time, and the event would count twice.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final String url;
    private final @Nullable String json;

    /** @param json the body of a POST; null for a GET */
    HttpCall(String url, @Nullable String json) {
        this.url = url;
        this.json = json;
    }

    /** @param retryAfter the header of this name; null if there is none */
    record Response(int status, String body, @Nullable String retryAfter) {}

    /** @throws ConnectException also if the connection is not made in time */
    @Override
    public Response call() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_MAX.toMillis());
        connection.setReadTimeout((int) READ_MAX.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("Accept", "*/*");
        if (json != null) {
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
        }
        connect(connection);
        if (json != null) {
            connection.getOutputStream().write(json.getBytes(UTF_8));
        }
        return response(connection);
    }

    private static void connect(HttpURLConnection connection) throws IOException {
        try {
            connection.connect();
        } catch (SocketTimeoutException e) {
            throw (IOException) new ConnectException("Not connected in time").initCause(e);
        }
    }

    private static Response response(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new ProtocolException("The answer has no HTTP status line");
        }
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
            // The JDK does not report it, and the first digits of a number would be taken for all of it.
            if (bytes.length < connection.getContentLengthLong()) {
                throw new EOFException("The answer ends before its Content-Length");
            }
            return new Response(status, new String(bytes, UTF_8), connection.getHeaderField("Retry-After"));
        }
    }
}
