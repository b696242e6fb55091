package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/counters:lookup}, over real HTTP. */
class LookupTest {
    private static final String LOOKUP = "/v1/counters:lookup";
    private static final String AS_OF =
            "\"asOf\":{\"receipt\":\"7-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"lag\":2,"
                    + "\"role\":\"active\",\"checkedAt\":\"2026-11-24T10:15:30.125Z\"}";

    private final ScriptedService service = new ScriptedService();
    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        clients.shutdownNow();
        service.close();
    }

    @Test
    void shouldAnswerEachCounterForItselfInTheOrderOfTheBody() throws Exception {
        // given
        service.reads((name, query) -> CompletableFuture.completedFuture(
                switch (name.counter()) {
                    case "found" -> FakeStreams.found(-42, 7);
                    case "a/b %2F é" -> new ReadResult.Unknown<>(FakeStreams.asOf(7));
                    case "late" -> new ReadResult.NotReady<>("restoring");
                    default -> new ReadResult.Elsewhere<>("127.0.0.1:1");
                }));

        // when
        HttpResponse<String> response = service.post(
                LOOKUP, "{\"counters\":[\"n.s/found\",\"b/a/b %2F \\u00e9\",\"c/late\",\"d/gone\",\"n.s/found\"]}");

        // then
        String found = "{\"namespace\":\"n.s\",\"counter\":\"found\",\"status\":\"found\",\"total\":-42,"
                + "\"updatedAt\":\"2026-11-24T10:15:30.120Z\"," + AS_OF + "}";
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .isEqualTo("{\"counters\":[" + found
                        + ",{\"namespace\":\"b\",\"counter\":\"a/b %2F é\",\"status\":\"unknown\"," + AS_OF + "}"
                        + ",{\"namespace\":\"c\",\"counter\":\"late\",\"status\":\"unavailable\",\"detail\":\"restoring\"}"
                        + ",{\"namespace\":\"d\",\"counter\":\"gone\",\"status\":\"unavailable\","
                        + "\"detail\":\"the counter's partition is moving to another instance\"}," + found + "]}");
        assertThat(service.asked).allSatisfy(asked -> assertThat(asked.query()).isEqualTo(ReadQuery.NOW));
        assertThat(service.get("/metrics").body())
                .contains(
                        "tally_query_reads_total{outcome=\"found\"} 2.0",
                        "tally_query_reads_total{outcome=\"unknown\"} 1.0",
                        "tally_query_reads_total{outcome=\"not_ready\"} 2.0");
    }

    @Test
    void shouldWriteTotalsAsStringsWhenAsked() throws Exception {
        // given
        service.answers(FakeStreams.found(Long.MIN_VALUE, 7));

        // when, then
        assertThat(service.post(LOOKUP + "?numbers=string", body(1)).body())
                .contains("\"total\":\"-9223372036854775808\",");
        assertThat(service.post(LOOKUP, body(1)).body()).contains("\"total\":-9223372036854775808,");
    }

    @ParameterizedTest
    @CsvSource({"1", "63", "64", "65", "999", "1000"})
    void shouldAnswerAsManyAsThereAre(int count) throws Exception {
        // given
        service.reads((name, query) -> CompletableFuture.completedFuture(
                FakeStreams.found(Long.parseLong(name.counter().substring(1)), 7)));

        // when
        HttpResponse<String> response = service.post(LOOKUP, body(count));

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(totals(response.body()))
                .isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.toList()));
    }

    @Test
    void shouldHaveAtMost64ReadsInFlight() throws Exception {
        // given: a reader whose answers the test completes
        Queue<CompletableFuture<ReadResult<Total>>> underWay = new ConcurrentLinkedQueue<>();
        service.reads((name, query) -> {
            CompletableFuture<ReadResult<Total>> read = new CompletableFuture<>();
            underWay.add(read);
            return read;
        });

        // when
        Future<HttpResponse<String>> response = clients.submit(() -> service.post(LOOKUP, body(200)));

        // then: each answer admits one more read
        Awaitility.await().until(() -> underWay.size() == 64);
        for (int answered = 0; answered < 200; answered++) {
            assertThat(service.asked).hasSize(Math.min(200, 64 + answered));
            underWay.remove().complete(FakeStreams.found(answered, 7));
        }
        assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldLeaveRoomForOtherReadsWhenThereAreManyLookups() throws Exception {
        // given
        Queue<CompletableFuture<ReadResult<Total>>> underWay = new ConcurrentLinkedQueue<>();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        service.reads((name, query) -> {
            CompletableFuture<ReadResult<Total>> read = new CompletableFuture<>();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            underWay.add(read);
            return read;
        });

        // when: ten lookups, which could have 640 reads in flight
        List<Future<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            responses.add(clients.submit(() -> service.post(LOOKUP, body(100))));
        }

        // then: none is refused, and together they have at most 448 reads in flight and one more each
        Awaitility.await().until(() -> underWay.size() == 458);
        Awaitility.await().until(() -> {
            for (CompletableFuture<ReadResult<Total>> read = underWay.poll(); read != null; read = underWay.poll()) {
                now.decrementAndGet();
                read.complete(FakeStreams.found(1, 7));
            }
            return responses.stream().allMatch(Future::isDone);
        });
        for (Future<HttpResponse<String>> response : responses) {
            assertThat(totals(response.get().body())).hasSize(100);
        }
        assertThat(most).hasValueLessThanOrEqualTo(458);
    }

    @Test
    void shouldAnswerInternalErrorWhenTheReaderBreaksItsContract() throws Exception {
        // given
        service.reads((name, query) -> CompletableFuture.failedFuture(new IllegalStateException("secret")));

        // when
        HttpResponse<String> response = service.post(LOOKUP, body(3));

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"code\":\"internal\"").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                               | invalid_json  | body: nothing (expected: a JSON object)
            []                               | invalid_json  | body: […] (expected: a JSON object)
            {"counters":["a/b"]              | invalid_json  | (expected: a comma or })
            {"counters":["a/b"]}x            | invalid_json  | body: line 1
            {"counters":["a/b"]}{}           | invalid_json  | (expected: nothing more)
            {"counters":["a/b",]}            | invalid_json  | (expected: a value:
            {"counters":["a/b"               | invalid_json  | (expected: a comma or ])
            {"counters":["a/b"],"counters":["a/b"]} | invalid_json | counters: given twice
            {}                               | invalid_value | counters: none (expected: an array of 1 to 1000 names such as \\"ns/name\\")
            {"counters":[]}                  | invalid_value | counters: none (expected
            {"counters":null}                | invalid_value | counters: null (expected: an array
            {"counters":"a/b"}               | invalid_value | counters: \\"a/b\\" (expected: an array
            {"counters":{"a":"b"}}           | invalid_value | counters: {…} (expected: an array
            {"counters":["a/b",null]}        | invalid_value | counters[1]: null (expected: a string)
            {"counters":["a/b",1]}           | invalid_value | counters[1]: 1 (expected: a string)
            {"counters":[["a/b"]]}           | invalid_value | counters[0]: […] (expected: a string)
            {"counters":["a/\\ud800"]}       | invalid_value | counters[0]: \\"a/\\\\ud800\\" (expected: a string)
            {"names":["a/b"]}                | unknown_field | names: unknown field (expected: counters)
            {"counters":["a/b"],"wait":"2s"} | unknown_field | wait: unknown field (expected: counters)
            {"counters":["a/b","ab"]}        | invalid_name  | counters[1]: \\"ab\\" (expected: a namespace, a slash, a counter)
            {"counters":[""]}                | invalid_name  | counters[0]: \\"\\" (expected: a namespace, a slash
            {"counters":["a/b","A/b"]}       | invalid_name  | counters[1]: namespace: \\"A\\" (expected: 1 to 64
            {"counters":["/b"]}              | invalid_name  | counters[0]: namespace: \\"\\" (expected: 1 to 64
            {"counters":["a/"]}              | invalid_name  | counters[0]: counter: \\"\\" (expected: 1 to 200
            {"counters":["a/.."]}            | invalid_name  | counters[0]: counter: \\"..\\" (expected: 1 to 200
            {"counters":["a/\\u0000"]}       | invalid_name  | counters[0]: counter: \\"\\\\u0000\\" (expected: 1 to 200
            """)
    void shouldRefuseABodyThatIsNotInTheContract(String body, String code, String detail) throws Exception {
        // when
        HttpResponse<String> response = service.post(LOOKUP, body);

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains(detail);
        assertThat(service.asked).isEmpty();
    }

    @Test
    void shouldRefuseMoreThan1000Counters() throws Exception {
        // when
        HttpResponse<String> response = service.post(LOOKUP, body(1001));

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_value\"", "counters: more than 1000 (expected: ");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void shouldRefuseABodyOfMoreThan512KiB() throws Exception {
        // given
        String lookup = body(1);

        // when
        HttpResponse<String> largest = service.post(LOOKUP, lookup + " ".repeat((512 << 10) - lookup.length()));
        HttpResponse<String> larger = service.post(LOOKUP, lookup + " ".repeat((512 << 10) + 1 - lookup.length()));

        // then
        assertThat(largest.statusCode()).isEqualTo(200);
        assertThat(larger.statusCode()).isEqualTo(413);
        assertThat(larger.body()).contains("\"code\":\"too_large\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?after=7-16     | invalid_parameter | after: unknown parameter (expected: numbers)
            ?wait=2s        | invalid_parameter | wait: unknown parameter
            ?numbers=roman  | invalid_parameter | numbers: \\"roman\\" (expected: string)
            """)
    void shouldRefuseParametersThatALookupHasNot(String query, String code, String detail) throws Exception {
        // when
        HttpResponse<String> response = service.post(LOOKUP + query, body(1));

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains(detail);
    }

    @Test
    void shouldRefuseAReceiptRatherThanIgnoreIt() throws Exception {
        // when
        HttpResponse<String> response = service.post(LOOKUP, body(1), "Tally-Receipt", "7-16");

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"not_supported\"", "Tally-Receipt: not supported on a lookup");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void shouldNameTheMethodThereIs() throws Exception {
        // when
        HttpResponse<String> response = service.get(LOOKUP);

        // then
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void shouldReadTheLongestNamesInAnyEscape() throws Exception {
        // given: 1,000 names of the maximum length in bytes
        CounterName longest = CounterName.of("n".repeat(64), "é".repeat(100));
        String body =
                IntStream.range(0, 1000).mapToObj(i -> "\"" + longest + "\"").collect(Collectors.joining(","));

        // when
        HttpResponse<String> response = service.post(LOOKUP, "{\"counters\":[" + body + "]}");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(service.asked)
                .hasSize(1000)
                .allSatisfy(asked -> assertThat(asked.counter()).isEqualTo(longest));
    }

    /** The body of a lookup of {@code ns/c0}, {@code ns/c1} and so on. */
    private static String body(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"ns/c" + i + "\"")
                .collect(Collectors.joining(",", "{\"counters\":[", "]}"));
    }

    private static List<String> totals(String body) {
        List<String> totals = new ArrayList<>();
        for (String part : body.split("\"total\":", -1)) {
            totals.add(part.substring(0, Math.max(0, part.indexOf(','))));
        }
        return totals.subList(1, totals.size());
    }
}
