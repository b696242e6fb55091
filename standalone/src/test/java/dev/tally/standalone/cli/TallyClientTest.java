package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyClientTest {

    private static final CounterName SOLD = CounterName.of("shop", "sold");

    private final AtomicReference<String> target = new AtomicReference<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{}";

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
    void shouldSendTheNameAsOneEscapedSegment() throws Exception {
        // when
        client().get(CounterName.of("shop", "a/b c%;+~é☕"), null);

        // then
        assertThat(target).hasValue("/v1/counters/shop/a%2Fb%20c%25%3B%2B~%C3%A9%E2%98%95");
    }

    @Test
    void shouldSendParametersEscaped() throws Exception {
        // when, then
        assertThat(client().get(SOLD, "0-12,3-55").body()).isEqualTo("{}");
        assertThat(target).hasValue("/v1/counters/shop/sold?after=0-12%2C3-55");

        // when, then
        assertThat(client().post(SOLD, "{}", "2 s&x").status()).isEqualTo(200);
        assertThat(target).hasValue("/v1/counters/shop/sold?wait=2%20s%26x");
    }

    @ParameterizedTest
    @CsvSource({
        "404, unknown_counter, 3",
        "404, not_found, 1",
        "400, invalid_name, 2",
        "400, invalid_receipt, 2",
        "400, receipt_ahead, 2",
        "409, overflow, 1",
        "503, not_yet_counted, 1",
        "503, not_ready, 1",
        "500, internal, 1"
    })
    void shouldEndWithTheProblemsSentenceAndTheExitCodeThatFits(int status, String code, int exitCode) {
        // given
        this.status = status;
        this.body = "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\"}";

        // when
        CommandFailedException failure =
                catchThrowableOfType(CommandFailedException.class, () -> client().get(SOLD, null));

        // then
        assertThat(failure).hasMessage("what is wrong");
        assertThat(failure.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void shouldSayTheStatusWhenTheAnswerIsNoProblem() {
        // given
        status = 502;
        body = "<html>bad gateway</html>";

        // when
        CommandFailedException failure =
                catchThrowableOfType(CommandFailedException.class, () -> client().get(SOLD, null));

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

    private TallyClient client() {
        return new TallyClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        target.set(exchange.getRequestURI().getRawPath() + (query == null ? "" : "?" + query));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
