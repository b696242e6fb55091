package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Sends requests to the HTTP API. Returns the answer, or ends the command with a sentence. */
final class TallyClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final String UNRESERVED = "-._~";

    private final HttpClient client;
    private final String baseUrl;

    /** @param baseUrl without a path, as {@code http://127.0.0.1:8080} */
    TallyClient(String baseUrl) {
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        this.client = client(baseUrl);
    }

    private static HttpClient client(String baseUrl) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX);
        if (baseUrl.startsWith("http:")) {
            client.sslContext(withoutCertificates());
        }
        return client.build();
    }

    /**
     * For a client that makes no TLS connection. The client sets up TLS in any case, and with the default context it first reads
     * all certificates of the JDK, a quarter of the time of a command.
     */
    private static SSLContext withoutCertificates() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /**
     * An answer that is a 2xx.
     *
     * @param url the URL that answered
     */
    record Answer(String url, int status, String body) {

        private static final int SHOWN_CHARS_MAX = 200;

        /**
         * The text of a top-level string or number with its exact digits.
         *
         * @throws CommandFailedException if the answer has no such field, so the server is not Tally
         */
        String field(String name) {
            String value = JsonFields.find(body, name);
            if (value == null) {
                throw lacks(name);
            }
            return value;
        }

        /** The exception for an answer that is not from Tally, for the caller to throw. */
        CommandFailedException lacks(String what) {
            String start = body.strip();
            String shown = start.length() <= SHOWN_CHARS_MAX ? start : start.substring(0, SHOWN_CHARS_MAX) + "…";
            return new CommandFailedException(
                    ExitCode.FAILED,
                    url + " answered HTTP " + status + ", but not as Tally does. The answer has no " + what + ": "
                            + shown);
        }
    }

    /** @param wait as the user wrote it, validated by the service; null for no wait */
    Answer post(CounterName counter, String json, @Nullable String wait) throws InterruptedException {
        return send(request(path(counter), "wait", wait)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** @param after a receipt as the user wrote it, validated by the service; null for the current total */
    Answer get(CounterName counter, @Nullable String after) throws InterruptedException {
        return send(request(path(counter), "after", after).GET().build());
    }

    /** @param parameters alternating names and values; a parameter with a null value is not sent */
    Answer list(String namespace, @Nullable String... parameters) throws InterruptedException {
        return send(
                request("/v1/counters/" + encode(namespace), parameters).GET().build());
    }

    /**
     * The same, but also returns an answer that is not a 2xx.
     *
     * @throws CommandFailedException if there is no answer
     */
    HttpResponse<String> tryList(String namespace, @Nullable String... parameters) throws InterruptedException {
        return exchange(
                request("/v1/counters/" + encode(namespace), parameters).GET().build());
    }

    private static String path(CounterName counter) {
        return "/v1/counters/" + counter.namespace() + "/" + encode(counter.counter());
    }

    private HttpRequest.Builder request(String path, @Nullable String... parameters) {
        StringBuilder target = new StringBuilder(baseUrl).append(path);
        char separator = '?';
        for (int i = 0; i < parameters.length; i += 2) {
            String value = parameters[i + 1];
            if (value != null) {
                target.append(separator).append(parameters[i]).append('=').append(encode(value));
                separator = '&';
            }
        }
        return HttpRequest.newBuilder(URI.create(target.toString())).timeout(ANSWER_MAX);
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        return accepted(exchange(request));
    }

    /** @throws CommandFailedException if the response is not a 2xx */
    Answer accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return new Answer(baseUrl, response.statusCode(), response.body());
        }
        throw Refusal.of(baseUrl, response.statusCode(), response.body()).asFailure();
    }

    private HttpResponse<String> exchange(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw NoAnswer.of(baseUrl, e);
        }
    }

    /**
     * Encodes one path segment or one query value: every byte that is not unreserved in RFC 3986 is percent-encoded.
     */
    static String encode(String text) {
        StringBuilder segment = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean unreserved = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0;
            if (unreserved) {
                segment.append(c);
            } else {
                segment.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
            }
        }
        return segment.toString();
    }
}
