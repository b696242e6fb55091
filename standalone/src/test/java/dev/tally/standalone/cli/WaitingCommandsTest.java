package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code hit} and {@code get} with a receipt, an id or a wait, against an HTTP server that answers what the test says. */
class WaitingCommandsTest {

    private static final String ACCEPTED =
            "{\"namespace\":\"shop\",\"counter\":\"sold\",\"delta\":3,\"receipt\":\"3-55\"}";
    private static final String COUNTED =
            "{\"namespace\":\"shop\",\"counter\":\"sold\",\"delta\":3,\"receipt\":\"3-55\","
                    + "\"total\":-42,\"duplicate\":false,\"asOf\":{\"receipt\":\"3-56\"}}";

    private final StringWriter out = new StringWriter();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";
    private volatile String request;
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
    void shouldPrintTheReceiptWithoutAWait() {
        // given
        status = 202;
        answer = ACCEPTED;

        // when
        int exitCode = hit("shop/sold", "--delta", "3");

        // then
        assertThat(exitCode).isZero();
        assertThat(out).hasToString("3-55" + System.lineSeparator());
        assertThat(request).isEqualTo("POST /v1/counters/shop/sold {\"delta\":3}");
    }

    @Test
    void shouldSendTheIdAsJson() {
        // given
        status = 202;
        answer = ACCEPTED;

        // when
        hit("shop/sold", "--id", "a \"quoted\" \\ id");

        // then
        assertThat(request).isEqualTo("POST /v1/counters/shop/sold {\"delta\":1,\"id\":\"a \\\"quoted\\\" \\\\ id\"}");
    }

    @Test
    void shouldPrintTheTotalWithAWait() {
        // given
        answer = COUNTED;

        // when
        int exitCode = hit("shop/sold", "--delta", "3", "--wait", "2s");

        // then
        assertThat(exitCode).isZero();
        assertThat(out).hasToString("-42" + System.lineSeparator());
        assertThat(sentence).isEmpty();
        assertThat(request).isEqualTo("POST /v1/counters/shop/sold?wait=2s {\"delta\":3}");
    }

    @Test
    void shouldSayThatItIsRecordedWhenTheWaitIsOver() {
        // given
        status = 202;
        answer = ACCEPTED;

        // when
        int exitCode = hit("shop/sold", "--delta", "3", "--wait", "500ms");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(sentence)
                .isEqualTo("It is recorded with the receipt 3-55, but was not seen to be counted within 500ms");
    }

    @Test
    void shouldPrintTheWholeAnswerWhenTheWaitIsOverAndJsonIsAskedFor() {
        // given
        status = 202;
        answer = ACCEPTED;

        // when
        int exitCode = hit("shop/sold", "--wait", "500ms", "--json");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString().strip()).isEqualTo(ACCEPTED);
        assertThat(sentence).contains("3-55");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_parameter, 2",
        "409, overflow, 1",
        "503, unconfirmed, 1",
    })
    void shouldEndWithTheProblemWhenTheHitIsRefused(int given, String code, int expected) {
        // given
        status = given;
        answer = "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\",\"receipt\":\"3-55\"}";

        // when
        int exitCode = hit("shop/sold", "--wait", "2s");

        // then
        assertThat(exitCode).isEqualTo(expected);
        assertThat(out.toString()).isEmpty();
        assertThat(sentence).isEqualTo("what is wrong");
    }

    @Test
    void shouldReadAfterAReceipt() {
        // given
        answer = COUNTED;

        // when
        int exitCode = get("shop/sold", "--after", "0-12,3-55");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString().strip()).isEqualTo("-42");
        assertThat(request).isEqualTo("GET /v1/counters/shop/sold?after=0-12%2C3-55 ");
    }

    @ParameterizedTest
    @CsvSource({
        "503, not_yet_counted, 1",
        "400, invalid_receipt, 2",
        "400, receipt_ahead, 2",
        "404, unknown_counter, 3",
    })
    void shouldEndWithTheProblemWhenTheReceiptIsNotReached(int given, String code, int expected) {
        // given
        status = given;
        answer = "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\"}";

        // when
        int exitCode = get("shop/sold", "--after", "3-55");

        // then
        assertThat(exitCode).isEqualTo(expected);
        assertThat(sentence).isEqualTo("what is wrong");
    }

    private int hit(String... arguments) {
        HitCommand command = parsed(new HitCommand(), arguments);
        return outcome(() -> command.hit(client()));
    }

    private int get(String... arguments) {
        GetCommand command = parsed(new GetCommand(), arguments);
        return outcome(() -> command.get(client()));
    }

    private <T> T parsed(T command, String... arguments) {
        new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .registerConverter(CounterName.class, new CounterNameConverter())
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
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        request = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body;
        byte[] bytes = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
