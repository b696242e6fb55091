package dev.tally.service.http;

import dev.tally.service.http.origin.HostCheck;
import dev.tally.service.http.origin.OriginCheck;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;

/** Handles every request: the checks in their order, then the route. Runs on the IO thread. */
final class RequestHandler implements HttpHandler {
    private final ServerParts server;
    private final Router router;
    private final HostCheck hostCheck;
    private final OriginCheck originCheck;

    RequestHandler(ServerParts server, Router router, HostCheck hostCheck, OriginCheck originCheck) {
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
        Request request = new Request(exchange, server); // assigns the ID; records metrics on completion
        try {
            hostCheck.check(exchange); // for every target
            RouteTemplate template = router.find(request.rawPath());
            if (template == null) {
                throw new ProblemException(HttpErrorCode.NOT_FOUND, notFound(request.rawPath()));
            }
            String method = exchange.getRequestMethod().toString();
            RouteEntry entry = template.entry(method);
            if (entry == null) {
                exchange.getResponseHeaders().put(Headers.ALLOW, template.allow());
                throw new ProblemException(
                        HttpErrorCode.METHOD_NOT_ALLOWED, Shown.raw(method) + " (expected: " + template.allow() + ")");
            }
            request.handle(entry, originCheck); // subject to admission; rejected during a shutdown
        } catch (Throwable thrown) {
            request.answerWith(thrown);
        }
        if (!request.isUnderWay()) {
            exchange.dispatch(
                    SameThreadExecutor.INSTANCE,
                    RequestHandler::nothing); // answered later: Undertow must not end the exchange now
        }
    }

    private String notFound(String path) {
        String hint = router.hasUnescapedSlash(path) ? " (a slash within a name is written %2F)" : "";
        return Shown.raw(path) + ": no such endpoint" + hint;
    }

    private static void nothing() {}
}
