package dev.tally.ingest.query;

import static org.awaitility.Awaitility.await;

import dev.tally.protocol.ReadProtocol;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.response.Response;
import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A query-api whose answers the test sends. */
final class QueryServer implements AutoCloseable {
    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
    private final HttpServer server = HttpServer.start(
            new HttpSettings("127.0.0.1", 0),
            HttpLimits.defaults().withDeadlines(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMillis(10)),
            List.of(new Route("GET", ReadProtocol.LIVE.counterTemplate(), asked::add)),
            new SimpleMeterRegistry());

    String url() {
        return server.url();
    }

    /** Waits for the next request and removes it from the queue. The test must answer it. */
    Request next() {
        await().until(() -> !asked.isEmpty());
        return asked.remove();
    }

    int waiting() {
        return asked.size();
    }

    static void answer(Request request, int status, byte[] body) {
        request.respond(Response.of(status, "application/json", body));
    }

    static void answer(Request request, int status, String body) {
        answer(request, status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
    }
}
