package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    void shouldEndWithTheProblemsSentenceAndTheExitCodeThatFits(int status, String code, int exitCode) {
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
    void shouldSayTheStatusWhenTheAnswerIsNoProblem() {
        // given
        tally.answers(502, "<html>bad gateway</html>");

        // when
        CommandFailedException failure = catchThrowableOfType(
                CommandFailedException.class, () -> tally.client().get(SOLD, null));

        // then
        assertThat(failure).hasMessage("The answer was HTTP 502");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void shouldSayWhatToStartWhenNobodyListens() throws Exception {
        // given
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;

        // when
        CommandFailedException failure =
                catchThrowableOfType(CommandFailedException.class, () -> new TallyClient(url).post(SOLD, "{}", null));

        // then
        assertThat(failure).hasMessage("Cannot reach " + url + ": is Tally running? Start it with scripts/tally up");
    }

    @Test
    void shouldReadNumbersDigitForDigit() {
        assertThat(JsonFields.get("{\"asOf\":{\"total\":1},\"total\":9223372036854775807}", "total"))
                .isEqualTo("9223372036854775807");
        assertThat(JsonFields.find("{\"total\":null}", "total")).isNull();
        assertThat(JsonFields.find("no json", "total")).isNull();
    }
}
