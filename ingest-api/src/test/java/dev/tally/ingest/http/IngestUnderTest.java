package dev.tally.ingest.http;

import static org.awaitility.Awaitility.await;

import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogBounds;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.ingest.log.ScriptedLog;
import dev.tally.ingest.log.ScriptedProducer;
import dev.tally.schemas.topic.RequestIdHeader;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Route;
import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The whole service over real HTTP, with a producer and a reader that the test controls. */
final class IngestUnderTest implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    final ScriptedProducer producer;
    final ScriptedReader reader = new ScriptedReader();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogMetrics metrics = new LogMetrics(registry);
    private final BatchWorkers workers = new BatchWorkers(1, 1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EventLog log;
    private final List<Route> routes;
    private final HttpServer server;

    IngestUnderTest() {
        this(new ScriptedProducer());
    }

    IngestUnderTest(ScriptedProducer producer) {
        this.producer = producer;
        this.log = ScriptedLog.open(producer, new LogBounds(10_000, 16 << 20, Duration.ZERO), metrics);
        this.routes = IngestRoutes.of(log, metrics, reader, workers, Clock.fixed(NOW, ZoneOffset.UTC));
        this.server = HttpServer.start(new HttpSettings("127.0.0.1", 0), routes, registry);
    }

    /** Sends a request. An empty string is sent as no body. */
    CompletableFuture<HttpResponse<String>> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .orTimeout(40, TimeUnit.SECONDS);
    }

    /** Acknowledges every event that is appended until the request is answered. */
    HttpResponse<String> acknowledged(CompletableFuture<HttpResponse<String>> response) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            producer.acknowledgeAll();
            return response.isDone();
        });
        return response.join();
    }

    /** Acknowledges the next event that is appended. Returns its partition and offset as a receipt. */
    String acknowledgeNext() {
        await().until(producer::acknowledge);
        int partition = producer.history().get(producer.history().size() - 1).partition();
        long before = producer.history().stream()
                .filter(record -> record.partition() == partition)
                .count();
        return partition + "-" + (before - 1);
    }

    /** Each event of the log: operation, value and ID. */
    List<String> events() {
        EventDecoder event = EventDecoder.released();
        return producer.history().stream()
                .map(record -> {
                    if (!event.decode(record.value())) {
                        throw new IllegalStateException("no event");
                    }
                    return event.operation() + " " + event.value() + " " + event.id();
                })
                .toList();
    }

    /** The request ID in the header of each event of the log. */
    List<String> requestIds() {
        return producer.history().stream()
                .map(record -> RequestIdHeader.read(record.headers()))
                .map(id -> new String(id, StandardCharsets.US_ASCII))
                .toList();
    }

    List<Route> routes() {
        return routes;
    }

    HttpServer server() {
        return server;
    }

    @Override
    public void close() {
        log.close();
        server.close();
        workers.close();
    }
}
