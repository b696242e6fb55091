package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code list} and {@code top}, against an HTTP server that answers what the test says. */
class ListCommandsTest {

    private static final String FIRST = "{\"namespace\":\"shop\",\"counters\":["
            + "{\"counter\":\"a \\\"b\\\" ü\",\"total\":-1,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"},"
            + "{\"counter\":\"total\",\"total\":9223372036854775807,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"}],"
            + "\"next\":\"AW5leHQ_-\",\"asOf\":{\"receipt\":\"0-1\"}}";
    private static final String EMPTY =
            "{\"namespace\":\"shop\",\"counters\":[],\"next\":\"AWxhc3Q\",\"asOf\":{\"receipt\":\"0-1\"}}";
    private static final String LAST = "{\"namespace\":\"shop\",\"counters\":["
            + "{\"counter\":\"z\",\"total\":0,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"}],"
            + "\"next\":null,\"asOf\":{\"receipt\":\"0-1\"}}";

    private final StringWriter out = new StringWriter();
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String sentence = "";

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldPrintEveryCounterOfEveryPage() {
        // given
        answers.addAll(List.of(FIRST, EMPTY, LAST));

        // when
        int exitCode = list("shop", "--prefix", "a b&ü");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines()).containsExactly("a \"b\" ü\t-1", "total\t9223372036854775807", "z\t0");
        assertThat(requests)
                .containsExactly(
                        "GET /v1/counters/shop?prefix=a%20b%26%C3%BC&limit=1000",
                        "GET /v1/counters/shop?prefix=a%20b%26%C3%BC&limit=1000&cursor=AW5leHQ_-",
                        "GET /v1/counters/shop?prefix=a%20b%26%C3%BC&limit=1000&cursor=AWxhc3Q");
    }

    @Test
    void shouldPrintEachPageOnALineWhenJsonIsAskedFor() {
        // given
        answers.addAll(List.of(FIRST, LAST));

        // when
        list("shop", "--json");

        // then
        assertThat(out.toString().lines()).containsExactly(FIRST, LAST);
        assertThat(requests).first().isEqualTo("GET /v1/counters/shop?limit=1000");
    }

    @Test
    void shouldPrintNothingWhenThereIsNothing() {
        // given
        answers.add(EMPTY.replace("\"AWxhc3Q\"", "null"));

        // when, then
        assertThat(list("shop")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldPrintTheLargest() {
        // given
        answers.addAll(List.of(LAST, LAST));

        // when
        int exitCode = top("shop");
        top("shop", "-n", "3", "--json");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines()).containsExactly("z\t0", LAST);
        assertThat(requests)
                .containsExactly(
                        "GET /v1/counters/shop?sort=-total&limit=10", "GET /v1/counters/shop?sort=-total&limit=3");
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_parameter, 2", "503, incomplete, 1", "503, overloaded, 1", "404, not_found, 1"})
    void shouldEndWithTheProblemWhenThereIsNoList(int given, String code, int expected) {
        // given
        status = given;
        String problem = "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\"}";
        answers.addAll(List.of(problem, problem));

        // when, then
        assertThat(list("shop")).isEqualTo(expected);
        assertThat(sentence).isEqualTo("what is wrong");
        assertThat(top("shop")).isEqualTo(expected);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            []
            <html>
            {"counters":null}
            {"counters":{}}
            {"asOf":{"counters":[]}}
            {"counters":[{"counter":"a"
            """)
    void shouldFailWhenItIsNotTallyThatAnswers(String body) {
        // given
        answers.add(body);

        // when, then
        assertThat(list("shop")).isEqualTo(ExitCode.FAILED);
        assertThat(sentence).isEqualTo("The answer has no counters: " + body);
    }

    @ParameterizedTest
    @CsvSource({"list", "top"})
    void shouldRefuseWhatIsNoNamespace(String command) {
        // when
        TallyRun run = TallyRun.of(command, "shop/sold");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("namespace: \"shop/sold\" (expected: 1 to 64 characters");
        assertThat(TallyRun.of(command, "").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(TallyRun.of(command).err()).contains("NS");
    }

    @Test
    void shouldRefuseAPrefixThatWasNoText() {
        // when: what the JVM makes of bytes that are no text
        TallyRun run = TallyRun.of("list", "shop", "--prefix", "a\uFFFD");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("(expected: UTF-8)");
    }

    private int list(String... arguments) {
        ListCommand command = parsed(new ListCommand(), arguments);
        return outcome(() -> command.list(client()));
    }

    private int top(String... arguments) {
        TopCommand command = parsed(new TopCommand(), arguments);
        return outcome(() -> command.top(client()));
    }

    private <T> T parsed(T command, String... arguments) {
        new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .registerConverter(long.class, new WholeNumberConverter())
                .parseArgs(arguments);
        return command;
    }

    /** The exit code, as {@link Tally} makes it of what a command throws. */
    private int outcome(Callable<Integer> command) {
        try {
            return command.call();
        } catch (CommandFailedException e) {
            sentence = e.getMessage();
            return e.exitCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private TallyClient client() {
        return new TallyClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] bytes = answers.remove().getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
