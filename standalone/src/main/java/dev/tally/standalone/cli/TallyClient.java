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
import java.time.Duration;
import java.util.Locale;

/** One request to the HTTP API from a shell, and its answer or the sentence that ends the command. */
final class TallyClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final String UNRESERVED = "-._~";

    private final String baseUrl;

    /** @param baseUrl without a path, as {@code http://127.0.0.1:8080} */
    TallyClient(String baseUrl) {
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    }

    /** @return the body of a 2xx */
    String post(CounterName counter, String json) throws InterruptedException {
        return send(request(counter)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** @return the body of a 2xx */
    String get(CounterName counter) throws InterruptedException {
        return send(request(counter).GET().build());
    }

    private HttpRequest.Builder request(CounterName counter) {
        String path = "/v1/counters/" + counter.namespace() + "/" + encode(counter.counter());
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(ANSWER_MAX);
    }

    private String send(HttpRequest request) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "Cannot reach " + baseUrl + ": is Tally running? Start it with scripts/tally up");
        }
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw Refusal.of(response.statusCode(), response.body()).asFailure();
    }

    /** One segment of a path: every byte that is not unreserved in RFC 3986 is escaped. */
    static String encode(String counter) {
        StringBuilder segment = new StringBuilder(counter.length() + 16);
        for (byte b : counter.getBytes(UTF_8)) {
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
