package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IDs, new totals and deletions, over real HTTP. */
class WriteCounterHttpTest {
    private static final String COUNTER = "/v1/counters/shop/a";
    private static final String LINE = "{\"namespace\":\"shop\",\"counter\":\"a\"}\n";

    private final IngestUnderTest ingest = new IngestUnderTest();

    @AfterEach
    void close() {
        ingest.close();
    }

    private HttpResponse<String> acknowledged(String method, String path, String body, String... headers) {
        return ingest.acknowledged(ingest.send(method, path, body, headers));
    }

    @Test
    void shouldAppendANewTotalAndAnswerItsReceipt() {
        // when
        HttpResponse<String> answer = acknowledged("PUT", COUNTER, "{\"total\":10,\"id\":\"i\"}");

        // then
        String receipt = ingest.producer.history().get(0).partition() + "-0";
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"namespace\":\"shop\",\"counter\":\"a\",\"receipt\":\"" + receipt + "\"}");
        assertThat(answer.headers().firstValue("Tally-Receipt")).hasValue(receipt);
        assertThat(ingest.events()).containsExactly("SET 10 i");
    }

    @Test
    void shouldAppendADeletionAndAnswerItsReceipt() {
        // when
        HttpResponse<String> answer = acknowledged("DELETE", COUNTER, "", "Idempotency-Key", "k");

        // then
        String receipt = ingest.producer.history().get(0).partition() + "-0";
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"namespace\":\"shop\",\"counter\":\"a\",\"receipt\":\"" + receipt + "\"}");
        assertThat(answer.headers().firstValue("Tally-Receipt")).hasValue(receipt);
        assertThat(ingest.events()).containsExactly("DELETE 0 k");
    }

    @Test
    void shouldAppendTheIdOfTheBodyOrOfTheHeader() {
        // when
        acknowledged("POST", COUNTER, "");
        acknowledged("POST", COUNTER, "{\"id\":\"in the body\"}");
        acknowledged("POST", COUNTER, "", "Idempotency-Key", "in the header");
        acknowledged("POST", COUNTER, "{\"id\":\"k\",\"delta\":2}", "Idempotency-Key", "k");
        acknowledged("PUT", COUNTER, "{\"total\":3}", "Idempotency-Key", "~".repeat(128));
        acknowledged("DELETE", COUNTER, "");

        // then
        assertThat(ingest.events())
                .containsExactly(
                        "ADD 1 null",
                        "ADD 1 in the body",
                        "ADD 1 in the header",
                        "ADD 2 k",
                        "SET 3 " + "~".repeat(128),
                        "DELETE 0 null");
    }

    @Test
    void shouldMakeTheIdsOfABatchOfItsKey() {
        // given
        String own = LINE.replace("}", ",\"id\":\"own\"}");

        // when
        HttpResponse<String> small =
                acknowledged("POST", "/v1/events", LINE + "\n" + own + LINE, "Idempotency-Key", "k");
        HttpResponse<String> large = acknowledged("POST", "/v1/events", LINE.repeat(500), "Idempotency-Key", "l");

        // then
        assertThat(small.statusCode()).isEqualTo(202);
        assertThat(large.statusCode()).isEqualTo(202);
        assertThat(ingest.events())
                .startsWith("ADD 1 k/1", "ADD 1 own", "ADD 1 k/4", "ADD 1 l/1")
                .endsWith("ADD 1 l/500");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /v1/counters/shop/a            | {\"id\":\"\"}               | invalid_value",
                "POST   | /v1/counters/shop/a            | {\"id\":7}                  | invalid_value",
                "POST   | /v1/counters/shop/a            | {\"total\":1}               | unknown_field",
                "PUT    | /v1/counters/shop/a            | ''                          | invalid_value",
                "PUT    | /v1/counters/shop/a            | {}                          | invalid_value",
                "PUT    | /v1/counters/shop/a            | {\"total\":1.0}             | invalid_value",
                "PUT    | /v1/counters/shop/a            | {\"total\":1,\"delta\":1}   | unknown_field",
                "PUT    | /v1/counters/shop/a            | {\"total\":1                | invalid_json",
                "PUT    | /v1/counters/shop/..%00        | {\"total\":1}               | invalid_name",
                "PUT    | /v1/counters/shop/a?after=0-1  | {\"total\":1}               | not_supported",
                "PUT    | /v1/counters/shop/a?wait=31s   | {\"total\":1}               | invalid_parameter",
                "DELETE | /v1/counters/shop/a            | {}                          | invalid_value",
                "DELETE | /v1/counters/shop/a?total=1    | ''                          | invalid_parameter",
                "DELETE | /v1/counters/shop/a?after=0-1  | ''                          | not_supported",
                "DELETE | /v1/counters/Shop/a            | ''                          | invalid_name",
                "POST   | /v1/counters/shop/a?wait=0s    | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=0ms   | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=-1s   | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=2     | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=0.5s  | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=%202s | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=2S    | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=1m    | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=30001ms | ''                        | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=99999999999999999999s | ''          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait       | ''                          | invalid_parameter",
                "POST   | /v1/counters/shop/a?wait=1s&wait=1s | ''                     | invalid_parameter"
            })
    void shouldRefuseWhatTheContractForbids(String method, String path, String body, String code) {
        // when
        HttpResponse<String> answer = ingest.send(method, path, body).join();

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"")
                .contains(code.equals("not_supported") ? "not supported yet" : "(expected: ");
        assertThat(ingest.producer.history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void shouldSayWhatAWaitMayBe(String method) {
        assertThat(ingest.send(method, COUNTER + "?wait=2h", "{}").join().body())
                .contains("wait: \\\"2h\\\" (expected: a duration such as 500ms or 2s, at most 30s)");
    }

    @Test
    void shouldKnowNoWaitOnABatch() {
        // when
        HttpResponse<String> answer =
                ingest.send("POST", "/v1/events?wait=2s", LINE).join();

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"code\":\"invalid_parameter\"")
                .contains("wait: unknown parameter (expected: numbers)");
    }

    @Test
    void shouldRefuseAKeyThatIsNoIdAndNameIt() {
        for (String path : new String[] {COUNTER, "/v1/events"}) {
            // when
            HttpResponse<String> empty =
                    ingest.send("POST", path, LINE, "Idempotency-Key", "").join();
            HttpResponse<String> tooLong = ingest.send("POST", path, LINE, "Idempotency-Key", "k".repeat(129))
                    .join();
            HttpResponse<String> twice = ingest.send("POST", path, LINE, "Idempotency-Key", "k", "Idempotency-Key", "k")
                    .join();

            // then
            assertThat(empty.body()).contains("Idempotency-Key: \\\"\\\" (expected: 1 to 128 printable ASCII");
            assertThat(tooLong.body()).contains("kkk…\\\" (expected: 1 to 128 printable ASCII");
            assertThat(twice.body()).contains("Idempotency-Key: given twice (expected: at most once)");
            for (HttpResponse<String> answer : List.of(empty, tooLong, twice)) {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("\"code\":\"invalid_value\"");
            }
        }
        assertThat(ingest.producer.history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ä", "a\u00a0b", "a\u0001", "a\u007f"})
    void shouldRefuseAKeyBeyondPrintableAscii(String key) throws IOException {
        assertThat(statusLine(key)).startsWith("HTTP/1.1 400 ");
        assertThat(ingest.producer.history()).isEmpty();
    }

    @Test
    void shouldNotTakeSpaceAroundAKeyForPartOfIt() throws IOException {
        // when
        CompletableFuture<Void> acknowledging = CompletableFuture.runAsync(ingest::acknowledgeNext);

        // then
        assertThat(statusLine("  a b \t")).isEqualTo("HTTP/1.1 202 Accepted");
        acknowledging.join();
        assertThat(ingest.events()).containsExactly("ADD 1 a b");
    }

    /** The status line of the answer to a hit that has these bytes as its idempotency key. */
    private String statusLine(String latin1) throws IOException {
        try (RawClient client = new RawClient(ingest.server().port())) {
            client.send("POST " + COUNTER + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nIdempotency-Key: "
                    + latin1 + "\r\n\r\n");
            return client.answer().statusLine();
        }
    }

    @Test
    void shouldRefuseAnIdThatIsNotTheKey() {
        // when
        HttpResponse<String> answer = ingest.send("PUT", COUNTER, "{\"total\":1,\"id\":\"a\"}", "Idempotency-Key", "b")
                .join();

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"code\":\"invalid_value\"")
                .contains("id: \\\"a\\\" (expected: the Idempotency-Key \\\"b\\\", or only one of the two)");
    }

    @Test
    void shouldReportABadIdWithItsLine() {
        // when
        HttpResponse<String> answer = ingest.send(
                        "POST", "/v1/events", LINE + LINE.replace("}", ",\"id\":\"é\"}"), "Idempotency-Key", "k")
                .join();

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "{\"line\":2,\"field\":\"id\",\"code\":\"invalid_value\",\"detail\":\"id: \\\"é\\\" (expected: ");
    }

    @Test
    void shouldRefuseALargeBodyOfANewTotal() {
        assertThat(ingest.send("PUT", COUNTER, "{\"total\":1" + " ".repeat(16 << 10) + "}")
                        .join()
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldCountWhatItRefuses() {
        // when
        ingest.send("PUT", COUNTER, "{}").join();
        ingest.send("DELETE", COUNTER, "{}").join();
        ingest.send("DELETE", COUNTER, "", "Idempotency-Key", "").join();

        // then
        assertThat(ingest.registry
                        .get("tally.ingest.events.refused")
                        .tag("reason", "invalid")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
    }
}
