package dev.tally.service.http;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.target.QueryParameters;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.RawClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with an endpoint for each behavior that the tests check. */
final class TestServer implements AutoCloseable {
    static final int BODY_MAX = 64;
    static final int LARGE_BODY_MAX = 4 << 20;

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** Requests to {@code /hold}, which the test answers. */
    final BlockingQueue<Request> held = new LinkedBlockingQueue<>();

    final AtomicInteger bodiesSeen = new AtomicInteger();
    final AtomicInteger written = new AtomicInteger();
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final HttpServer server;

    TestServer() {
        this(HttpLimits.defaults());
    }

    TestServer(HttpLimits limits) {
        this(new HttpSettings("127.0.0.1", 0), limits);
    }

    TestServer(HttpSettings settings, HttpLimits limits) {
        server = HttpServer.start(
                settings,
                limits,
                List.of(
                        new Route("GET", "/", request -> text(request, "root")),
                        new Route("GET", "/names/{a}", this::name),
                        new Route("GET", "/names/{a}/{b}", this::names),
                        new Route("POST", "/names/{a}/{b}", this::names),
                        new Route("GET", "/names/{a}/fixed", request -> text(request, "fixed")),
                        new Route("GET", "/query", this::query),
                        new Route("POST", "/echo", this::echo),
                        new Route("POST", "/size", this::size),
                        new Route("POST", "/later", this::later),
                        Route.writing("POST", "/written", this::write),
                        Route.writing("PUT", "/written", this::write),
                        Route.writing("DELETE", "/written", this::write),
                        Route.writing("GET", "/written", this::write),
                        new Route("POST", "/unread", request -> text(request, "unread")),
                        new Route("GET", "/hold", held::add),
                        new Route("GET", "/large/{bytes}", this::large),
                        new Route("GET", "/fails", this::fails),
                        new Route("POST", "/fails-later", this::failsLater),
                        Route.operational("GET", "/operational", request -> text(request, "here")),
                        Route.operational("GET", "/operational/hold", held::add),
                        Route.health("GET", "/health", request -> text(request, "alive"))),
                registry);
    }

    static HttpLimits limits(Duration body, Duration idle, Duration shutdown) {
        return HttpLimits.defaults().withDeadlines(body, idle, shutdown);
    }

    int port() {
        return server.port();
    }

    RawClient client() throws IOException {
        return new RawClient(server.port());
    }

    double bodyBytesHeld() {
        return registry.get("tally.http.body.bytes").gauge().value();
    }

    double inFlight() {
        return registry.get("tally.http.requests.in.flight").gauge().value();
    }

    HttpServer server() {
        return server;
    }

    private void name(Request request) {
        text(request, request.pathParameter("a"));
    }

    private void names(Request request) {
        request.query().only();
        text(request, request.pathParameter("a") + "|" + request.pathParameter("b"));
    }

    private void query(Request request) {
        QueryParameters query = request.query().notSupported("wait").only("numbers", "a b");
        text(request, query.get("numbers") + "|" + query.get("a b"));
    }

    private void echo(Request request) throws Exception {
        request.readBody(BODY_MAX, body -> {
            bodiesSeen.incrementAndGet();
            request.respond(Response.of(200, "text/plain", body));
        });
    }

    private void write(Request request) {
        written.incrementAndGet();
        text(request, "written");
    }

    private void size(Request request) throws Exception {
        request.readBody(LARGE_BODY_MAX, body -> text(request, String.valueOf(body.length)));
    }

    private void later(Request request) throws Exception {
        request.readBody(
                BODY_MAX,
                body -> elsewhere.execute(() ->
                        request.respond(Response.of(202, "text/plain", body).noStore())));
    }

    private void large(Request request) {
        int bytes = Integer.parseInt(request.pathParameter("bytes"));
        request.respond(Response.of(200, "text/plain", "x".repeat(bytes)));
    }

    private void fails(Request request) {
        throw new IllegalStateException("a secret of ours");
    }

    private void failsLater(Request request) throws Exception {
        request.readBody(BODY_MAX, body -> {
            throw new IllegalStateException("another secret");
        });
    }

    private static void text(Request request, String text) {
        request.respond(Response.of(200, "text/plain", text));
    }

    @Override
    public void close() {
        server.close();
        elsewhere.shutdownNow();
    }
}
