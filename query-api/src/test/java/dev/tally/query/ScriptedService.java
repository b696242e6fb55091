package dev.tally.query;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.HttpServer;
import dev.tally.service.lifecycle.ServiceServer;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.HttpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** query-api over real HTTP, on a {@link ScriptedReader}. */
final class ScriptedService implements AutoCloseable {
    /** One call of the reader. */
    record Asked(CounterName counter, ReadQuery query) {}

    /** The time of the service's clock. */
    static final Instant NOW = Instant.parse("2026-11-24T10:15:30.500Z");

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final ScriptedReader state = new ScriptedReader();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = Metrics.start();
    private final QueryService service;
    private final HttpServer server;

    ScriptedService() {
        reads(state.totals);
        service = QueryService.inProcess(
                state, () -> new Ownership("g1", 1, List.of()), metrics.registry(), InstantSource.fixed(NOW));
        server = ServiceServer.start(new HttpSettings("127.0.0.1", 0), metrics, List.of(service));
    }

    ScriptedService reads(CounterReader given) {
        state.totals = (counter, query) -> {
            asked.add(new Asked(counter, query));
            return given.read(counter, query);
        };
        return this;
    }

    ScriptedService answers(ReadResult<Total> result) {
        return reads((counter, query) -> CompletableFuture.completedFuture(result));
    }

    /** The query of the only call so far. */
    ReadQuery query() {
        if (asked.size() != 1) {
            throw new AssertionError("Not one read but " + asked);
        }
        return asked.get(0).query();
    }

    int port() {
        return server.port();
    }

    /** @param headers alternating names and values */
    HttpResponse<String> get(String target, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(target)), headers);
    }

    CompletableFuture<HttpResponse<String>> getAsync(String target) {
        return client.sendAsync(HttpRequest.newBuilder(uri(target)).build(), BodyHandlers.ofString());
    }

    /** @param headers alternating names and values */
    HttpResponse<String> post(String target, String body, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(target)).POST(BodyPublishers.ofString(body)), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String target) {
        return URI.create(server.url() + target);
    }

    @Override
    public void close() {
        server.close();
        service.close();
        metrics.close();
    }
}
