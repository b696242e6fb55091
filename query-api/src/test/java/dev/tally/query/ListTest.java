package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.query.list.Cursor;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.CounterPage.Entry;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/counters/{namespace}} over real HTTP. */
class ListTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");
    private static final CounterPage NOTHING = new CounterPage(List.of(), null);

    private final ScriptedService service = new ScriptedService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldAnswerThePagesOfAllPartitionsAsOne() throws Exception {
        // given
        partitions(
                new CounterPage(List.of(new Entry("a", 1, TIME), new Entry("d", 4, TIME)), "d"),
                new CounterPage(List.of(new Entry("b", -2, TIME), new Entry("c", 3, TIME)), "c"));

        // when
        HttpResponse<String> response = service.get("/v1/counters/demo");

        // then: the second partition has not returned the counters after c yet
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"namespace\":\"demo\",\"counters\":["
                        + "{\"counter\":\"a\",\"total\":1,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"},"
                        + "{\"counter\":\"b\",\"total\":-2,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"},"
                        + "{\"counter\":\"c\",\"total\":3,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"}],"
                        + "\"next\":\"" + Cursor.of("c") + "\","
                        + "\"asOf\":{\"receipt\":\"0-17,1-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"lag\":2,"
                        + "\"role\":\"active\",\"checkedAt\":\"2026-11-24T10:15:30.125Z\"}}");
        assertThat(response.headers().firstValue("Tally-Receipt")).hasValue("0-17,1-17");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(service.state.pages).containsOnly(PageQuery.byName("demo", "", null, 100));
    }

    @Test
    void shouldAnswerAnEmptyListWhenThereIsNoSuchNamespace() throws Exception {
        // given
        AsOf empty = new AsOf(null, null, null, AsOf.Role.ACTIVE, TIME);
        service.state.answers =
                (partition, page) -> CompletableFuture.completedFuture(new ReadResult.Found<>(NOTHING, empty));

        // when
        HttpResponse<String> response = service.get("/v1/counters/nobody");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"namespace\":\"nobody\",\"counters\":[],\"next\":null,\"asOf\":{\"receipt\":null,");
        assertThat(response.headers().firstValue("Tally-Receipt")).isEmpty();
    }

    @Test
    void shouldGoOnFromAnEmptyPageThatEndedEarly() throws Exception {
        // given
        partitions(new CounterPage(List.of(), "gone"), new CounterPage(List.of(new Entry("x", 1, TIME)), null));

        // when, then
        assertThat(service.get("/v1/counters/demo").body())
                .contains("\"counters\":[],\"next\":\"" + Cursor.of("gone") + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prefix=                          | NAME  | ''   |    | 100
            prefix=a%2F%C3%BC&limit=1        | NAME  | a/ü  |    | 1
            prefix=a&limit=1000&cursor=AWFi  | NAME  | a    | ab | 1000
            cursor=AWFi                      | NAME  | ''   | ab | 100
            sort=-total                      | TOTAL | ''   |    | 10
            sort=-total&limit=1000           | TOTAL | ''   |    | 1000
            """)
    void shouldAskForWhatTheQuerySays(String query, PageQuery.Order order, String prefix, String beyond, int limit)
            throws Exception {
        // given
        partitions(NOTHING);

        // when
        assertThat(service.get("/v1/counters/demo?" + query).statusCode()).isEqualTo(200);

        // then
        assertThat(service.state.pages).containsExactly(new PageQuery("demo", order, prefix, beyond, limit));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo?limit=0                | invalid_parameter | limit: \\"0\\" (expected: a whole number from 1 to 1000)
            demo?limit=1001             | invalid_parameter | limit: \\"1001\\" (expected
            demo?limit=01               | invalid_parameter | limit: \\"01\\" (expected
            demo?limit=%2B1             | invalid_parameter | limit: \\"+1\\" (expected
            demo?limit=                 | invalid_parameter | limit: \\"\\" (expected
            demo?limit=99999999999      | invalid_parameter | limit: \\"99999999999\\" (expected
            demo?sort=total             | invalid_parameter | sort: \\"total\\" (expected: -total)
            demo?sort=                  | invalid_parameter | sort: \\"\\" (expected: -total)
            demo?sort=-total&prefix=    | invalid_parameter | prefix: \\"\\" (expected: none with sort)
            demo?sort=-total&cursor=AWE | invalid_parameter | cursor: \\"AWE\\" (expected: none with sort)
            demo?prefix=%01             | invalid_parameter | prefix: \\"\\\\u0001\\" (expected: at most 200 bytes
            demo?cursor=                | invalid_parameter | cursor: \\"\\" (expected: the value of next in an earlier answer
            demo?cursor=AWE%3D          | invalid_parameter | cursor: \\"AWE=\\" (expected
            demo?prefix=b&cursor=AWE    | invalid_parameter | cursor: \\"AWE\\" (expected: the value of next in an earlier answer, with the same prefix)
            demo?x=1                    | invalid_parameter | x: unknown parameter (expected: prefix, limit, cursor, sort, after, wait, committed, numbers)
            demo?limit=1&limit=1        | invalid_parameter | limit: given twice
            demo?numbers=x              | invalid_parameter | numbers: \\"x\\" (expected: string)
            demo?maxLagRecords=1        | not_supported     | maxLagRecords
            demo?after=x                | invalid_receipt   | after: \\"x\\"
            Demo                        | invalid_name      | namespace: \\"Demo\\" (expected: 1 to 64 characters
            """)
    void shouldRefuseWhatIsNotInTheContract(String path, String code, String detail) throws Exception {
        // when
        HttpResponse<String> response = service.get("/v1/counters/" + path);

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains(detail);
        assertThat(service.state.pages).isEmpty();
    }

    @Test
    void shouldPassTheReceiptToEveryPartition() throws Exception {
        // given
        partitions(NOTHING, NOTHING, NOTHING);

        // when
        service.get("/v1/counters/demo?wait=5s&committed=true&numbers=string", "Tally-Receipt", "0-12,2-5");

        // then: each partition uses its own part of the receipt
        ReadQuery query =
                new ReadQuery(Objects.requireNonNull(Receipts.parse("0-12,2-5")), true, Duration.ofSeconds(5), null);
        assertThat(service.state.queries).containsExactly(query, query, query);
    }

    @Test
    void shouldWriteTotalsAsStringsWhenAsked() throws Exception {
        // given
        partitions(new CounterPage(List.of(new Entry("a", Long.MIN_VALUE, TIME)), null));

        // when, then
        assertThat(service.get("/v1/counters/demo?numbers=string").body())
                .contains("\"total\":\"-9223372036854775808\",");
    }

    @ParameterizedTest
    @CsvSource({"NOT_YET,503,not_yet_counted", "AHEAD,400,receipt_ahead", "NO_SUCH_PARTITION,400,invalid_receipt"})
    void shouldSayWhatWasNotReached(Why why, int status, String code) throws Exception {
        // given
        service.state.partitions = OptionalInt.of(3);
        service.state.answers = (partition, page) -> partition == 2
                ? ScriptedReader.missing(new NotReached<>(why, "2-5 did not come"))
                : ScriptedReader.given(NOTHING, partition);

        // when
        HttpResponse<String> response = service.get("/v1/counters/demo?after=2-5");

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", "\"detail\":\"2-5 did not come\"");
    }

    @Test
    void shouldBeIncompleteWhenAnyPartitionHasNoAnswer() throws Exception {
        for (ReadResult<CounterPage> why :
                List.<ReadResult<CounterPage>>of(new NotReady<>("restoring"), new ReadResult.Elsewhere<>("a:1"))) {
            // given
            service.state.partitions = OptionalInt.of(3);
            service.state.answers = (partition, page) -> partition == 1
                    ? ScriptedReader.missing(why)
                    : ScriptedReader.given(new CounterPage(List.of(new Entry("a", 1, TIME)), null), partition);
            for (String query : List.of("", "?sort=-total")) {
                // when
                HttpResponse<String> response = service.get("/v1/counters/demo" + query);

                // then
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.body()).contains("\"code\":\"incomplete\"", "\"detail\":\"partition 1: ");
                assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            }
        }
    }

    @Test
    void shouldReportAnErrorOfTheRequestWhenPartitionsDifferInTheirReasons() throws Exception {
        // given
        service.state.partitions = OptionalInt.of(3);
        service.state.answers = (partition, page) -> ScriptedReader.missing(
                partition == 1 ? new NotReached<>(Why.AHEAD, "1-5 is ahead") : new NotReady<>("restoring"));

        // when, then
        assertThat(service.get("/v1/counters/demo?after=1-5").body()).contains("\"code\":\"receipt_ahead\"");
    }

    @Test
    void shouldNotBeReadyWhileThePartitionsAreNotKnown() throws Exception {
        // given
        service.state.partitions = OptionalInt.empty();

        // when
        HttpResponse<String> response = service.get("/v1/counters/demo");

        // then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"not_ready\"");
    }

    @Test
    void shouldAnswerInternalErrorWhenTheReaderBreaksItsContract() throws Exception {
        // given
        service.state.answers =
                (partition, page) -> CompletableFuture.failedFuture(new IllegalStateException("secret"));

        // when
        HttpResponse<String> response = service.get("/v1/counters/demo");

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void shouldRefuseOneListTooManyAndGoOnWhenThereIsRoom() throws Exception {
        // given: the maximum number of lists in flight
        int partitions = 10;
        List<CompletableFuture<ReadResult<CounterPage>>> open = new ArrayList<>();
        service.state.partitions = OptionalInt.of(partitions);
        service.state.answers = (partition, page) -> {
            CompletableFuture<ReadResult<CounterPage>> later = new CompletableFuture<>();
            synchronized (open) {
                open.add(later);
            }
            return later;
        };
        List<CompletableFuture<HttpResponse<String>>> lists = IntStream.range(0, 10)
                .mapToObj(i -> service.getAsync("/v1/counters/demo?limit=1000"))
                .toList();
        Awaitility.await().until(() -> {
            synchronized (open) {
                return open.size() == 10 * partitions;
            }
        });

        // when
        HttpResponse<String> refused = service.get("/v1/counters/demo?limit=1");

        // then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        service.state.answers = (partition, page) -> ScriptedReader.given(NOTHING, partition);
        open.forEach(later -> later.complete(
                new ReadResult.Found<>(NOTHING, new AsOf(new Receipt(0, 1), TIME, 0L, AsOf.Role.ACTIVE, TIME))));
        for (CompletableFuture<HttpResponse<String>> list : lists) {
            assertThat(list.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        Awaitility.await()
                .until(() -> service.get("/v1/counters/demo?limit=1000").statusCode() == 200);
    }

    @Test
    void shouldHaveRoomForOneListHoweverManyPartitionsThereAre() throws Exception {
        // given
        CounterPage[] pages = new CounterPage[600];
        Arrays.fill(pages, NOTHING);
        partitions(pages);

        // when, then
        assertThat(service.get("/v1/counters/demo?limit=1000").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCountItsLists() throws Exception {
        // given
        partitions(NOTHING);
        service.get("/v1/counters/demo");
        service.get("/v1/counters/demo?sort=-total");
        service.state.answers = (partition, page) -> ScriptedReader.missing(new NotReady<>("restoring"));
        service.get("/v1/counters/demo");
        service.state.answers = (partition, page) -> ScriptedReader.missing(new NotReached<>(Why.NOT_YET, "not yet"));
        service.get("/v1/counters/demo");
        service.get("/v1/counters/demo?limit=0");

        // when, then
        assertThat(service.get("/metrics").body())
                .contains("tally_query_lists_total{outcome=\"given\"} 2.0")
                .contains("tally_query_lists_total{outcome=\"incomplete\"} 1.0")
                .contains("tally_query_lists_total{outcome=\"not_reached\"} 1.0")
                .contains("tally_query_reads_total{outcome=\"found\"} 0.0");
    }

    private void partitions(CounterPage... pages) {
        service.state.partitions = OptionalInt.of(pages.length);
        service.state.answers = (partition, page) -> ScriptedReader.given(pages[partition], partition);
    }
}
