package dev.tally.service.http;

import dev.tally.service.http.origin.HostCheck;
import dev.tally.service.http.origin.OriginCheck;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.target.RawTarget;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;

/**
 * The path of every request, from its ID to its endpoint or its problem. It continues in {@link PendingResponse}. Runs on the
 * IO thread.
 */
final class RequestPipeline implements HttpHandler {
    private final ServerParts server;
    private final Router router;
    private final HostCheck hostCheck;
    private final OriginCheck originCheck;

    RequestPipeline(ServerParts server, Router router, HostCheck hostCheck, OriginCheck originCheck) {
        this.server = server;
        this.router = router;
        this.hostCheck = hostCheck;
        this.originCheck = originCheck;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isHttp10() && exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            exchange.setPersistent(false); // RFC 9112, 6.1: its framing cannot be trusted
        }
        String requestId =
                server.requestIds().idFor(exchange.getRequestHeaders().getFirst(PendingResponse.X_REQUEST_ID));
        PendingResponse response = new PendingResponse(exchange, server, requestId);
        try {
            hostCheck.check(exchange); // for every target
            String path = RawTarget.path(exchange);
            RouteEntry entry = find(exchange, path);
            Route route = entry.route();
            response.routed(entry);
            if (route.writes()) {
                originCheck.check(exchange);
            }
            // Authentication belongs here: the route is known, and a refused request takes nothing of the bounds.
            server.admission().enter(route.kind());
            response.admitted();
            route.endpoint().handle(new Request(exchange, path, entry.template(), response));
        } catch (Throwable thrown) {
            response.refuse(thrown);
        }
        if (!response.isInProgress()) {
            exchange.dispatch(
                    SameThreadExecutor.INSTANCE,
                    RequestPipeline::nothing); // answered later: Undertow must not end the exchange now
        }
    }

    private RouteEntry find(HttpServerExchange exchange, String path) {
        RouteTemplate template = router.find(path);
        if (template == null) {
            throw new ProblemException(HttpErrorCode.NOT_FOUND, notFound(path));
        }
        String method = exchange.getRequestMethod().toString();
        RouteEntry entry = template.entry(method);
        if (entry == null) {
            exchange.getResponseHeaders().put(Headers.ALLOW, template.allow());
            throw new ProblemException(
                    HttpErrorCode.METHOD_NOT_ALLOWED, Shown.raw(method) + " (expected: " + template.allow() + ")");
        }
        return entry;
    }

    private String notFound(String path) {
        String hint = router.hasUnescapedSlash(path) ? " (a slash within a name is written %2F)" : "";
        return Shown.raw(path) + ": no such endpoint" + hint;
    }

    private static void nothing() {}
}
