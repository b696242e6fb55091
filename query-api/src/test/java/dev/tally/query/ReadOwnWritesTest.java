package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Total;
import dev.tally.testkit.RawClient;
import dev.tally.testkit.Seed;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code after}, {@code wait}, {@code committed} and {@code Tally-Receipt} of a read, over real HTTP. */
class ReadOwnWritesTest {
    private static final String HELLO = "/v1/counters/demo/hello";
    private static final String HEADER = "Tally-Receipt";

    private final ScriptedService service = new ScriptedService();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        service.close();
        later.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            after=7-16                       | 7-16      | false | 2000
            after=0-12,7-16                  | 0-12,7-16 | false | 2000
            after=0-12%2C7-16                | 0-12,7-16 | false | 2000
            after=7-16&wait=500ms            | 7-16      | false | 500
            after=7-16&wait=1ms              | 7-16      | false | 1
            after=7-16&wait=0s               | 7-16      | false | 0
            after=7-16&wait=0ms              | 7-16      | false | 0
            after=7-16&wait=30s              | 7-16      | false | 30000
            after=7-16&wait=30000ms          | 7-16      | false | 30000
            wait=3s&after=7-16&numbers=string | 7-16     | false | 3000
            committed=true                   |           | true  | 2000
            committed=true&wait=5s           |           | true  | 5000
            committed=true&after=7-16        | 7-16      | true  | 2000
            committed=false&after=7-16       | 7-16      | false | 2000
            """)
    void shouldWaitForWhatIsAskedFor(String query, String after, boolean committed, long waitMillis) throws Exception {
        // when
        HttpResponse<String> response = service.get(HELLO + "?" + query);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(service.query())
                .isEqualTo(new ReadQuery(
                        after == null ? Receipts.NONE : receipts(after),
                        committed,
                        Duration.ofMillis(waitMillis),
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?numbers=string", "?wait=2s", "?wait=30s&committed=false", "?committed=false"})
    void shouldReadAtOnceWhenThereIsNothingToWaitFor(String query) throws Exception {
        // when
        service.get(HELLO + query);

        // then
        assertThat(service.query()).isEqualTo(ReadQuery.NOW);
    }

    @Test
    void shouldTakeTheReceiptOfTheHeaderAsAfter() throws Exception {
        // when
        service.get(HELLO + "?wait=1s", HEADER, "0-12,7-16");

        // then
        assertThat(service.query()).isEqualTo(new ReadQuery(receipts("0-12,7-16"), false, Duration.ofSeconds(1), null));
    }

    @Test
    void shouldTakeBothWhenHeaderAndParameterAreTheSame() throws Exception {
        // when
        HttpResponse<String> response = service.get(HELLO + "?after=0-12%2C7-16", HEADER, "0-12,7-16");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(service.query().after()).isEqualTo(receipts("0-12,7-16"));
    }

    @Test
    void shouldRefuseWhenHeaderAndParameterDiffer() throws Exception {
        // when
        HttpResponse<String> response = service.get(HELLO + "?after=7-16", HEADER, "7-17");

        // then
        assertRefused(
                response,
                "invalid_receipt",
                "after: \\\"7-16\\\" (expected: the same as the header Tally-Receipt, \\\"7-17\\\", or only one of them)");
    }

    @Test
    void shouldRefuseAHeaderThatIsGivenTwice() throws Exception {
        // when
        HttpResponse<String> response = service.get(HELLO, HEADER, "7-16", HEADER, "7-16");

        // then
        assertRefused(response, "invalid_receipt", "Tally-Receipt: given twice (expected: at most once)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7-", "-1", "7-16,", "7-16,7-17", "8-1,7-1", "07-1", "7-1 8-1", "null", "7-16;8-1"})
    void shouldRefuseAHeaderThatIsNoReceipt(String header) throws Exception {
        // when
        HttpResponse<String> response = service.get(HELLO, HEADER, header);

        // then
        assertRefused(
                response,
                "invalid_receipt",
                "Tally-Receipt: \\\"" + header + "\\\" (expected: a receipt that Tally returned)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            after                       | invalid_receipt   | after: \\"\\" (expected: a receipt that Tally returned)
            after=                      | invalid_receipt   | after: \\"\\" (expected: a receipt
            after=7                     | invalid_receipt   | after: \\"7\\" (expected: a receipt
            after=7-x                   | invalid_receipt   | after: \\"7-x\\" (expected: a receipt
            after=7-16,7-17             | invalid_receipt   | after: \\"7-16,7-17\\" (expected: a receipt
            after=7-9223372036854775808 | invalid_receipt   | after: \\"7-9223372036854775808\\" (expected
            after=7-16%00               | invalid_receipt   | after: \\"7-16\\\\u0000\\" (expected
            after=%D9%A1-16             | invalid_receipt   | after: \\"\u0661-16\\" (expected
            after=7-16&after=7-16       | invalid_parameter | after: given twice
            after=7-16&wait=            | invalid_parameter | wait: \\"\\" (expected: a duration such as 500ms or 2s, at most 30s)
            after=7-16&wait=2           | invalid_parameter | wait: \\"2\\" (expected: a duration
            after=7-16&wait=31s         | invalid_parameter | wait: \\"31s\\" (expected: a duration
            after=7-16&wait=30001ms     | invalid_parameter | wait: \\"30001ms\\" (expected: a duration
            after=7-16&wait=-1s         | invalid_parameter | wait: \\"-1s\\" (expected: a duration
            after=7-16&wait=+1s         | invalid_parameter | wait: \\"+1s\\" (expected: a duration
            after=7-16&wait=1m          | invalid_parameter | wait: \\"1m\\" (expected: a duration
            after=7-16&wait=2S          | invalid_parameter | wait: \\"2S\\" (expected: a duration
            wait=1.5s                   | invalid_parameter | wait: \\"1.5s\\" (expected: a duration
            wait=02s                    | invalid_parameter | wait: \\"02s\\" (expected: a duration
            wait=99999999999999999999s  | invalid_parameter | wait: \\"99999999999999999999s\\" (expected: a duration
            committed                   | invalid_parameter | committed: \\"\\" (expected: true or false)
            committed=yes               | invalid_parameter | committed: \\"yes\\" (expected: true or false)
            committed=TRUE              | invalid_parameter | committed: \\"TRUE\\" (expected: true or false)
            after=7-16&maxLagRecords=1  | not_supported     | maxLagRecords: not supported yet
            event=7-16                  | invalid_parameter | event: unknown parameter (expected: after, wait, committed, numbers)
            """)
    void shouldRefuseWhatIsMalformed(String query, String code, String detail) throws Exception {
        // when
        RawClient.Answer response = RawClient.exchange(service.port(), "GET", HELLO + "?" + query, "localhost");

        // then
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("\"code\":\"" + code + "\"").contains(detail);
        assertThat(service.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_YET, 503, not_yet_counted, true",
        "AHEAD, 400, receipt_ahead, false",
        "NO_SUCH_PARTITION, 400, invalid_receipt, false",
    })
    void shouldSayWhyWhenTheReceiptIsNotReached(Why why, int status, String code, boolean retry) throws Exception {
        // given
        service.answers(new NotReached<>(why, "7-16 is not there"));

        // when
        HttpResponse<String> response = service.get(HELLO + "?after=7-16");

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body())
                .contains("\"code\":\"" + code + "\"", "\"detail\":\"7-16 is not there\"")
                .doesNotContain("total");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(retry);
        assertThat(response.headers().firstValue(HEADER)).isEmpty();
        assertThat(service.get("/metrics").body()).contains("tally_query_reads_total{outcome=\"not_reached\"} 1.0");
    }

    @Test
    void shouldAnswerWhenTheEventIsApplied() throws Exception {
        // given
        CompletableFuture<ReadResult<Total>> applied = new CompletableFuture<>();
        service.reads((counter, query) -> applied);
        later.schedule(() -> applied.complete(FakeStreams.found(43, 7)), 100, TimeUnit.MILLISECONDS);

        // when
        HttpResponse<String> response = service.get(HELLO + "?after=7-17&wait=10s");

        // then
        assertThat(response.body()).contains("\"total\":43,");
        assertThat(response.headers().firstValue(HEADER)).hasValue("7-17");
    }

    @Test
    void shouldStateTheReceiptInAHeaderToo() throws Exception {
        // given, when, then
        assertThat(service.get(HELLO).headers().firstValue(HEADER)).hasValue("7-17");

        // given
        service.answers(new ReadResult.Unknown<>(FakeStreams.asOf(3)));

        // when
        HttpResponse<String> unknown = service.get(HELLO);

        // then
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue(HEADER)).hasValue("3-17");
        assertThat(unknown.body()).contains("\"asOf\":{\"receipt\":\"3-17\",");
    }

    @Test
    void shouldStateNoReceiptWhenThereIsNone() throws Exception {
        // given
        service.answers(new ReadResult.Unknown<>(new AsOf(null, null, 0L, AsOf.Role.ACTIVE, Instant.EPOCH)));

        // when
        HttpResponse<String> response = service.get(HELLO);

        // then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue(HEADER)).isEmpty();
    }

    @Test
    void shouldTakeBackTheReceiptOfAnyAnswer() throws Exception {
        // given
        long seed = Seed.printed(ReadOwnWritesTest.class);
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            Receipt receipt = new Receipt(random.nextInt() >>> 1, random.nextLong() >>> (1 + random.nextInt(63)));
            AsOf asOf = new AsOf(receipt, Instant.EPOCH, null, AsOf.Role.ACTIVE, Instant.EPOCH);
            service.answers(new ReadResult.Found<>(new Total(1, Instant.EPOCH), asOf));
            String stated = service.get(HELLO).headers().firstValue(HEADER).orElseThrow();
            service.asked.clear();

            // when
            service.get(HELLO + "?after=" + stated);

            // then
            assertThat(service.query().after()).isEqualTo(Receipts.of(receipt));
            service.asked.clear();
        }
    }

    private static void assertRefused(HttpResponse<String> response, String code, String detail) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", detail);
    }

    private static Receipts receipts(String text) {
        return Objects.requireNonNull(Receipts.parse(text));
    }
}
