package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process with an HTTP server on a loopback port. */
record HttpChild(Child child, int port) {
    // webdis refuses a request that offers HTTP/2.
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** Whether a GET is answered with 200. */
    boolean answers(String target) {
        return found(target).isPresent();
    }

    /** The body of the answer to a GET; empty if the status is not 200. */
    Optional<String> found(String target) {
        try {
            HttpResponse<String> response = send(request(target).GET().build());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not listening yet
        }
    }

    /** The body of the answer to a GET. The status must be 200. */
    String get(String target) {
        return body(request(target).GET().build(), 200);
    }

    /** The body of the answer to a POST. The status must be 202. */
    String post(String target, String json) {
        return body(jsonRequest(target).POST(BodyPublishers.ofString(json)).build(), 202);
    }

    /** Posts a file. The status must be 202. */
    void post(String target, Path file) {
        try {
            body(jsonRequest(target).POST(BodyPublishers.ofFile(file)).build(), 202);
        } catch (IOException e) {
            throw new BenchException(file + " cannot be read", e);
        }
    }

    private String body(HttpRequest request, int status) {
        try {
            HttpResponse<String> response = send(request);
            if (response.statusCode() != status) {
                throw new BenchException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new BenchException(request.uri() + " did not answer: " + e, e);
        }
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(ANSWER_WITHIN);
    }

    private HttpRequest.Builder jsonRequest(String target) {
        return request(target).header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
