package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.schemas.name.CounterName;
import dev.tally.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyClientTest {

    private static final CounterName SOLD = CounterName.of("shop", "sold");

    private ScriptedTally tally;

    @BeforeEach
    void startServer() throws IOException {
        tally = new ScriptedTally();
    }

    @AfterEach
    void stopServer() {
        tally.close();
    }

    @Test
    void shouldSendTheNameAsOneEscapedSegment() throws Exception {
        // when
        tally.client().get(CounterName.of("shop", "a/b c%;+~é☕"), null);

        // then
        assertThat(tally.request()).isEqualTo("GET /v1/counters/shop/a%2Fb%20c%25%3B%2B~%C3%A9%E2%98%95");
    }

    @Test
    void shouldSendParametersEscaped() throws Exception {
        // when, then
        assertThat(tally.client().get(SOLD, "0-12,3-55").body()).isEqualTo("{}");
        assertThat(tally.request()).isEqualTo("GET /v1/counters/shop/sold?after=0-12%2C3-55");

        // when, then
        assertThat(tally.client().post(SOLD, "{}", "2 s&x").status()).isEqualTo(200);
        assertThat(tally.request()).isEqualTo("POST /v1/counters/shop/sold?wait=2%20s%26x");
    }

    @ParameterizedTest
    @CsvSource({
        "404, unknown_counter, 3",
        "404, not_found, 1",
        "400, invalid_name, 2",
        "400, invalid_receipt, 2",
        "400, receipt_ahead, 2",
        "409, overflow, 1",
        "409, id_reused, 1",
        "503, not_yet_counted, 1",
        "503, not_ready, 1",
        "500, internal, 1"
    })
    void shouldFailWithTheDetailAndTheExitCodeOfTheProblem(int status, String code, int exitCode) {
        // given
        tally.answers(status, "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\"}");

        // when
        CommandFailedException failure = catchThrowableOfType(
                CommandFailedException.class, () -> tally.client().get(SOLD, null));

        // then
        assertThat(failure).hasMessage("what is wrong");
        assertThat(failure.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void shouldReportTheStatusWhenTheAnswerIsNoProblem() {
        // given
        tally.answers(502, "<html>bad gateway</html>");

        // when
        CommandFailedException failure = catchThrowableOfType(
                CommandFailedException.class, () -> tally.client().get(SOLD, null));

        // then
        assertThat(failure)
                .hasMessageMatching(
                        "http://127.0.0.1:[0-9]+ answered HTTP 502, but not as Tally does: is it Tally's address\\?");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void shouldReportTheStartCommandWhenTheConnectionIsRefused() throws Exception {
        // given
        String url = "http://127.0.0.1:" + FreePort.find();

        // when
        CommandFailedException failure =
                catchThrowableOfType(CommandFailedException.class, () -> new TallyClient(url).post(SOLD, "{}", null));

        // then
        assertThat(failure).hasMessage("Cannot reach " + url + ": is Tally running? Start it with scripts/tally up");
    }

    /** The text that the server sends before it closes the connection, and the command's error message about it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SSH-2.0-OpenSSH_9.2 | answered, but not with HTTP: it is not Tally.
            \\0\\0\\0            | answered, but not with HTTP: it is not Tally.
            ''                  | closed the connection without an answer: it is not an HTTP server, or it was stopped just now.
            """)
    void shouldReportWhatAnsweredWhenItIsNoHttpServer(String answer, String sentence) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // given
            Thread other = new Thread(() -> answerAll(server, answer));
            other.setDaemon(true);
            other.start();
            String url = "http://127.0.0.1:" + server.getLocalPort();

            // when
            CommandFailedException failure =
                    catchThrowableOfType(CommandFailedException.class, () -> new TallyClient(url).get(SOLD, null));

            // then
            assertThat(failure).hasMessage(url + " " + sentence + " TALLY_URL and TALLY_QUERY_URL set the address");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    /** The first digits of a total are not the total. */
    @Test
    void shouldFailWhenTheAnswerEndsBeforeItsLength() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // given
            Thread other =
                    new Thread(() -> answerAll(server, "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"total\":4"));
            other.setDaemon(true);
            other.start();
            String url = "http://127.0.0.1:" + server.getLocalPort();

            // when
            CommandFailedException failure =
                    catchThrowableOfType(CommandFailedException.class, () -> new TallyClient(url).get(SOLD, null));

            // then
            assertThat(failure).hasMessageStartingWith(url + " closed the connection");
        }
    }

    @Test
    void shouldReportThatNothingAnsweredWhenTheAnswerDoesNotComeInTime() throws Exception {
        // given: a server whose backlog accepts the connection, and that never answers
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + server.getLocalPort();
            TallyClient client = new TallyClient(url, Duration.ofMillis(100));

            // when
            CommandFailedException failure =
                    catchThrowableOfType(CommandFailedException.class, () -> client.get(SOLD, null));

            // then
            assertThat(failure).hasMessageStartingWith(url + " accepted the connection and did not answer");
        }
    }

    private static void answerAll(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                int unused = socket.getInputStream().read(new byte[10_000]);
                socket.getOutputStream().write((answer.isEmpty() ? "" : answer + "\r\n").getBytes(UTF_8));
            } catch (IOException closed) {
                return;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, <html>hello</html>",
        "200, {}",
        "200, ''",
        "404, <html>no</html>",
        "400, {}",
        "401, '{\"detail\":1}'"
    })
    void shouldNameTheAddressWhenAnotherHttpServerAnswers(int status, String body) {
        // given
        tally.answers(status, body);

        // when
        CommandFailedException failure = catchThrowableOfType(
                CommandFailedException.class,
                () -> tally.client().get(SOLD, null).field("total"));

        // then
        assertThat(failure)
                .hasMessageMatching("http://127.0.0.1:[0-9]+ answered HTTP " + status
                        + ", but not as Tally does(: is it" + " Tally's address\\?|\\. The answer has no total: .*)");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void shouldShowTheBeginningOfALongAnswer() {
        // given
        tally.answers(200, "x".repeat(1_000));

        // when, then
        assertThat(catchThrowableOfType(
                        CommandFailedException.class,
                        () -> tally.client().get(SOLD, null).field("total")))
                .hasMessageEndingWith("The answer has no total: " + "x".repeat(200) + "…");
    }

    @Test
    void shouldReadNumbersDigitForDigit() {
        assertThat(JsonFields.find("{\"asOf\":{\"total\":1},\"total\":9223372036854775807}", "total"))
                .isEqualTo("9223372036854775807");
        assertThat(JsonFields.find("{\"total\":null}", "total")).isNull();
        assertThat(JsonFields.find("no json", "total")).isNull();
    }
}
