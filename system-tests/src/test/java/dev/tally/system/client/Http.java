package dev.tally.system.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The JDK's HTTP client, with a timeout on every wait. Never retries a POST. Safe for use by any thread. */
public final class Http {
    /** Longer than the maximum time of any answer, so that a slower answer fails a test. */
    public static final Duration ANSWER_MAX = Duration.ofSeconds(45);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}

    /** @throws IOException if there is no answer */
    public static Answer get(URI url) throws IOException {
        return send("GET", url, BodyPublishers.noBody(), "");
    }

    /**
     * @param contentType empty for none
     * @throws IOException if there is no answer; the request may have been processed
     */
    public static Answer post(URI url, String body, String contentType) throws IOException {
        return send("POST", url, BodyPublishers.ofByteArray(body.getBytes(UTF_8)), contentType);
    }

    public static Answer send(String method, URI url, BodyPublisher body, String contentType) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(ANSWER_MAX).method(method, body);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return send(request);
    }

    /** Sends the request with an {@code X-Request-Id}. */
    public static Answer sendAs(String requestId, String method, URI url) throws IOException {
        return send(HttpRequest.newBuilder(url)
                .timeout(ANSWER_MAX)
                .method(method, BodyPublishers.noBody())
                .header("X-Request-Id", requestId));
    }

    private static Answer send(HttpRequest.Builder request) throws IOException {
        try {
            return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString(UTF_8)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The status of a GET, or 0 if there is no answer. */
    public static int statusOrZero(URI url) {
        try {
            return get(url).status();
        } catch (IOException e) {
            return 0;
        }
    }
}
