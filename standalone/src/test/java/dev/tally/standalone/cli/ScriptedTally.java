package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine;

/** An HTTP server whose answers the test sets, and the commands that send requests to it. */
final class ScriptedTally implements AutoCloseable {
    /** A request: method and target, and body. */
    record Asked(String request, String body) {}

    final StringWriter out = new StringWriter();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    int status = 200;
    /** The header of all answers; null for none. */
    String retryAfter;
    /** The error message of the last command that failed; empty if none has failed. */
    String sentence = "";

    private final Deque<String> answers = new ArrayDeque<>();
    private String answer = "{}";
    private final HttpServer server;

    ScriptedTally() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Sets the answer to all requests from now on. */
    void answers(int givenStatus, String body) {
        status = givenStatus;
        answer = body;
    }

    /** Answers the next requests with these bodies in turn. Further requests get no answer. */
    void answersInTurn(List<String> bodies) {
        answers.addAll(bodies);
        answer = null;
    }

    /** The last request, without its body. */
    String request() {
        return asked.get(asked.size() - 1).request();
    }

    /** The body of the last request. */
    String body() {
        return asked.get(asked.size() - 1).body();
    }

    List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    TallyClient client() {
        return new TallyClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    PrintWriter printer() {
        return new PrintWriter(out, true);
    }

    <T> T parsed(T command, String... arguments) {
        new CommandLine(command)
                .setOut(printer())
                .registerConverter(CounterName.class, new CounterNameConverter())
                .registerConverter(long.class, new WholeNumberConverter())
                .parseArgs(arguments);
        return command;
    }

    /** The exit code of the command. As in {@link Tally}, a {@code CommandFailedException} contains the exit code. */
    int outcome(Callable<Integer> command) {
        try {
            return command.call();
        } catch (CommandFailedException e) {
            sentence = e.getMessage();
            return e.exitCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), body));
        byte[] bytes = (answer == null ? answers.remove() : answer).getBytes(UTF_8);
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
