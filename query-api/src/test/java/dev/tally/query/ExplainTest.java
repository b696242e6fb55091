package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/counters/{namespace}/{counter}/explain} over real HTTP. */
class ExplainTest {
    private static final String EXPLAIN = "/v1/counters/demo/hello/explain";
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");

    private final ScriptedService service = new ScriptedService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldAnswerWhereATotalComesFrom() throws Exception {
        // given
        explains("host-7.internal:8082");

        // when
        HttpResponse<String> response = service.get(EXPLAIN);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"namespace\":\"demo\",\"counter\":\"hello\",\"total\":-9223372036854775808,"
                        + "\"events\":14,\"duplicates\":5,\"adds\":2,\"sets\":3,\"deletes\":4,"
                        + "\"first\":{\"receipt\":\"7-3\",\"time\":\"2026-11-24T10:15:30.119Z\"},"
                        + "\"last\":{\"receipt\":\"7-17\",\"time\":\"2026-11-24T10:15:30.120Z\"},"
                        + "\"partition\":7,\"owner\":\"host-7.internal:8082\","
                        + "\"command\":\"scripts/tally events demo/hello\","
                        + "\"asOf\":{\"receipt\":\"7-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"lag\":2,"
                        + "\"role\":\"active\",\"checkedAt\":\"2026-11-24T10:15:30.125Z\"}}");
        assertThat(response.headers().firstValue("Tally-Receipt")).hasValue("7-17");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void shouldSayThatTheOwnerIsNotKnown() throws Exception {
        // given
        explains(null);

        // when, then
        assertThat(service.get(EXPLAIN + "?numbers=string").body())
                .contains("\"owner\":null,", "\"total\":\"-9223372036854775808\",", "\"events\":14,");
    }

    /** A real shell parses the command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain-1.0_x/y:@%+,",
                "a b",
                "it's",
                "''",
                "$HOME",
                "`id`",
                "a\"b",
                "a\\b",
                "*",
                "~",
                "#x",
                "a;b",
                "a&b|c>d",
                "!!",
                "{a,b}",
                "ü ☕",
                "-n",
                "\\"
            })
    void shouldQuoteTheCommandForAShell(String counter) throws Exception {
        // given
        explains(null);
        CounterName name = CounterName.of("demo", counter);

        // when
        String body = service.get("/v1/counters/" + name.path() + "/explain").body();
        String command = command(body);

        // then
        assertThat(command).startsWith("scripts/tally events ");
        String words = command.replace("scripts/tally events ", "printf '%s|%s' ok ");
        Process shell =
                new ProcessBuilder("sh", "-c", words).redirectErrorStream(true).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("ok|" + name);
    }

    @Test
    void shouldWaitForWhatIsAskedFor() throws Exception {
        // given
        explains(null);

        // when
        service.get(EXPLAIN + "?after=7-16&wait=1s");

        // then
        assertThat(service.state.queries)
                .containsExactly(new ReadQuery(Receipts.of(new Receipt(7, 16)), false, Duration.ofSeconds(1), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo/hello/explain?step=day  | 400 | invalid_parameter | step: unknown parameter (expected: after, wait, committed, numbers)
            demo/hello/explain?after=x   | 400 | invalid_receipt   | after
            demo/hello/explain?maxLagRecords=1 | 400 | not_supported | maxLagRecords
            Demo/hello/explain           | 400 | invalid_name      | namespace
            demo/hello/explain/          | 404 | not_found         | no such endpoint
            demo//explain                | 404 | not_found         | no such endpoint
            """)
    void shouldRefuseWhatIsNotInTheContract(String path, int status, String code, String detail) throws Exception {
        // when
        HttpResponse<String> response = service.get("/v1/counters/" + path);

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains(detail);
    }

    @ParameterizedTest
    @CsvSource({"NOT_YET,503,not_yet_counted", "AHEAD,400,receipt_ahead", "NO_SUCH_PARTITION,400,invalid_receipt"})
    void shouldSayWhatWasNotReached(ReadResult.Why why, int status, String code) throws Exception {
        // given
        service.state.explanation = ScriptedReader.missing(new ReadResult.NotReached<>(why, "it did not come"));

        // when
        HttpResponse<String> response = service.get(EXPLAIN + "?after=7-18");

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void shouldAnswerAnUnknownCounterWithTheTimeItIsUnknownAsOf() throws Exception {
        // given
        service.state.explanation = ScriptedReader.missing(new ReadResult.Unknown<>(FakeStreams.asOf(7)));

        // when
        HttpResponse<String> response = service.get(EXPLAIN);

        // then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"unknown_counter\"", "\"asOf\":{\"receipt\":\"7-17\"");
    }

    private void explains(String owner) {
        service.state.explanation = ScriptedReader.given(
                new Explanation(
                        Long.MIN_VALUE,
                        2,
                        3,
                        4,
                        5,
                        new Explanation.Point(new Receipt(7, 3), TIME.minusMillis(1)),
                        new Explanation.Point(new Receipt(7, 17), TIME),
                        owner),
                7);
    }

    private static String command(String body) throws Exception {
        try (JsonParser json = new JsonFactory().createParser(body)) {
            while (!"command".equals(json.nextFieldName())) {
                assertThat(json.currentToken()).isNotNull();
            }
            return json.nextTextValue();
        }
    }
}
