package dev.tally.benchmarks.plain;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The minimal HTTP API on Undertow: reads a POST's body to its end and answers 202; answers a GET with 200. Each answer
 * has a constant body as long as Tally's own. It otherwise uses Undertow's defaults, on IO threads only.
 *
 * <p>Runs as a program of its own with the arguments: port, bytes of the answer to a POST, bytes of the answer to a
 * GET.
 */
public final class PlainHandler implements HttpHandler {
    private final ByteBuffer postAnswer;
    private final ByteBuffer getAnswer;

    PlainHandler(int postAnswerBytes, int getAnswerBytes) {
        postAnswer = jsonOf(postAnswerBytes);
        getAnswer = jsonOf(getAnswerBytes);
    }

    public static void main(String[] arguments) {
        start(
                Integer.parseInt(arguments[0]),
                new PlainHandler(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
    }

    static Undertow start(int port, PlainHandler handler) {
        Undertow server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(handler)
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        System.out.println("PlainHandler is ready on port " + address.getPort());
        return server;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        if (exchange.getRequestMethod().equalToString("GET")) {
            exchange.getResponseSender().send(getAnswer.duplicate());
        } else {
            exchange.getRequestReceiver().receiveFullBytes((received, body) -> {
                received.setStatusCode(StatusCodes.ACCEPTED);
                received.getResponseSender().send(postAnswer.duplicate());
            });
        }
    }

    private static ByteBuffer jsonOf(int bytes) {
        String around = "{\"answer\":\"\"}";
        String text = "{\"answer\":\"" + "x".repeat(Math.max(0, bytes - around.length())) + "\"}";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
