package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.ServiceServer;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service in process, over real HTTP. */
class QueryServiceTest {
    private static final String AS_OF =
            "\"asOf\":{\"receipt\":\"7-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"lag\":2,"
                    + "\"role\":\"active\",\"checkedAt\":\"2026-11-24T10:15:30.125Z\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final Metrics metrics = Metrics.start();

    private volatile CompletionStage<ReadResult<Total>> answer =
            CompletableFuture.completedFuture(FakeStreams.found(42, 7));
    private volatile CounterName asked;
    private volatile Ownership ownership = new Ownership("g1", 1, List.of());
    private QueryService service;
    private HttpServer server;

    @BeforeEach
    void start() {
        ScriptedReader reader = new ScriptedReader();
        reader.totals = (name, query) -> {
            asked = name;
            return answer;
        };
        service = QueryService.inProcess(reader, () -> ownership, metrics.registry());
        server = ServiceServer.start(new HttpSettings("127.0.0.1", 0), metrics, List.of(service));
    }

    @AfterEach
    void close() {
        server.close();
        service.close();
        metrics.close();
        later.shutdownNow();
    }

    @Test
    void shouldAnswerATotal() throws Exception {
        // when
        HttpResponse<String> response = get("/v1/counters/demo/hello");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"namespace\":\"demo\",\"counter\":\"hello\",\"total\":42,"
                        + "\"updatedAt\":\"2026-11-24T10:15:30.120Z\"," + AS_OF + "}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void shouldAnswerWhenTheReaderTakesItsTime() throws Exception {
        // given
        CompletableFuture<ReadResult<Total>> slow = new CompletableFuture<>();
        later.schedule(() -> slow.complete(FakeStreams.found(-1, 7)), 100, TimeUnit.MILLISECONDS);
        answer = slow;

        // when, then
        assertThat(get("/v1/counters/demo/hello").body()).contains("\"total\":-1,");
    }

    @Test
    void shouldWriteATotalAsAStringWhenAsked() throws Exception {
        // given
        answer = CompletableFuture.completedFuture(FakeStreams.found(Long.MIN_VALUE, 7));

        // when, then
        assertThat(get("/v1/counters/demo/hello?numbers=string").body())
                .contains("\"total\":\"-9223372036854775808\",")
                .contains("\"lag\":2,");
        assertThat(get("/v1/counters/demo/hello").body()).contains("\"total\":-9223372036854775808,");
    }

    @Test
    void shouldSayWhatIsNotKnownOfAnEmptyPartition() throws Exception {
        // given
        answer = CompletableFuture.completedFuture(new ReadResult.Unknown<>(
                new AsOf(null, null, null, AsOf.Role.STANDBY, Instant.parse("2026-11-24T10:15:30Z"))));

        // when
        HttpResponse<String> response = get("/v1/counters/demo/hello");

        // then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("\"asOf\":{\"receipt\":null,\"time\":null,\"lag\":null,\"role\":\"standby\","
                        + "\"checkedAt\":\"2026-11-24T10:15:30.000Z\"}");
    }

    @Test
    void shouldAnswerAnUnknownCounterWithTheTimeItIsUnknownAsOf() throws Exception {
        // given
        answer = CompletableFuture.completedFuture(new ReadResult.Unknown<>(FakeStreams.asOf(7)));

        // when
        HttpResponse<String> response = get("/v1/counters/demo/hello");

        // then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"demo/hello: no such counter\",\"code\":\"unknown_counter\",\"requestId\":\"")
                .endsWith("," + AS_OF + "}");
    }

    @Test
    void shouldAnswerNotReadyWhenThereIsNoAnswer() throws Exception {
        for (ReadResult<Total> notNow : List.<ReadResult<Total>>of(
                new ReadResult.NotReady<>("restoring"),
                new ReadResult.Elsewhere<>("127.0.0.1:1"),
                new ReadResult.Elsewhere<>(null))) {
            // given
            answer = CompletableFuture.completedFuture(notNow);

            // when
            HttpResponse<String> response = get("/v1/counters/demo/hello");

            // then
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("\"code\":\"not_ready\"").doesNotContain("total");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        }
    }

    @Test
    void shouldAnswerInternalErrorWhenTheReaderBreaksItsContract() throws Exception {
        // given
        answer = CompletableFuture.failedFuture(new IllegalStateException("secret"));

        // when
        HttpResponse<String> response = get("/v1/counters/demo/hello");

        // then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"code\":\"internal\"").doesNotContain("secret");
    }

    @Test
    void shouldAnswerHeadAsGetWithoutABody() throws Exception {
        // when
        HttpResponse<String> response = client.send(
                request("/v1/counters/demo/hello")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ns/a%2Fb             | a/b
            ns/a%252Fb           | a%2Fb
            ns/a;x=1             | a;x=1
            ns/a+b               | a+b
            ns/%C3%BC            | ü
            ns/%22%5C            | "\\
            """)
    void shouldReadTheCounterThatThePathNames(String path, String counter) throws Exception {
        // when
        HttpResponse<String> response = get("/v1/counters/" + path);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(asked).isEqualTo(CounterName.of("ns", counter));
        String escaped = counter.replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(response.body()).contains("\"counter\":\"" + escaped + "\",");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo/hello?maxLagRecords=1     | 400 | not_supported     | maxLagRecords: not supported yet
            demo/hello?x=1                 | 400 | invalid_parameter | x: unknown parameter (expected: after, wait, committed, numbers)
            demo/hello?numbers=text        | 400 | invalid_parameter | numbers: \\"text\\" (expected: string)
            demo/hello?numbers             | 400 | invalid_parameter | numbers: \\"\\" (expected: string)
            demo/hello?numbers=string&numbers=string | 400 | invalid_parameter | numbers: given twice
            Demo/hello                     | 400 | invalid_name      | namespace: \\"Demo\\" (expected: 1 to 64 characters
            demo/%00                       | 400 | invalid_name      | counter: \\"\\\\u0000\\" (expected: 1 to 200 bytes
            demo/%FF                       | 400 | invalid_name      | counter: \\"%FF\\" (expected: the percent-encoding of UTF-8)
            demo/%2E%2E                    | 400 | invalid_name      | counter: \\"..\\" (expected
            demo/                          | 404 | not_found         | no such endpoint
            demo/hello/                    | 404 | not_found         | no such endpoint
            demo/hello/live                | 404 | not_found         | no such endpoint
            demo/hello/badge.svg           | 404 | not_found         | no such endpoint
            """)
    void shouldRefuseWhatIsNotInTheContract(String path, int status, String code, String detail) throws Exception {
        // when
        RawClient.Answer response = RawClient.exchange(server.port(), "GET", "/v1/counters/" + path, "localhost");

        // then
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).contains("\"code\":\"" + code + "\"").contains(detail);
    }

    /** The parser of the HTTP server refuses these, before any handler is called. */
    @ParameterizedTest
    @ValueSource(strings = {"demo/%2", "demo/%zz", "demo/hello?%zz", "demo/hello?numbers=%"})
    void shouldRefuseBrokenEscapes(String path) throws Exception {
        assertThat(RawClient.exchange(server.port(), "GET", "/v1/counters/" + path, "localhost")
                        .status())
                .isEqualTo(400);
        assertThat(asked).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/counters/demo/hello",
                "GET /v1/counters/demo/hello/history",
                "GET /v1/counters/demo/hello/explain",
                "GET /v1/counters/demo",
                "POST /v1/counters:lookup",
                "GET /internal/v1/counters/demo/hello",
                "GET /metrics",
                "GET /openapi.yaml",
                "GET /readyz",
                "GET /livez",
            })
    void shouldReadNothingWhenTheHostIsForeign(String request) throws Exception {
        // given
        String[] parts = request.split(" ");

        // when
        RawClient.Answer response = RawClient.exchange(server.port(), parts[0], parts[1], "evil.example");

        // then
        assertThat(response.status()).isEqualTo(421);
        assertThat(response.text()).contains("\"code\":\"misdirected\"");
        assertThat(asked).isNull();
    }

    @Test
    void shouldTreatALookupAsAReadForEveryOrigin() throws Exception {
        // when
        HttpResponse<String> response = client.send(
                request("/v1/counters:lookup")
                        .header("Origin", "http://evil.example")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"counters\":[\"demo/hello\"]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(service.routes()).noneMatch(Route::writes);
    }

    @Test
    void shouldNameTheMethodsThereAre() throws Exception {
        // when
        HttpResponse<String> response =
                client.send(request("/v1/counters/demo/hello").DELETE().build(), HttpResponse.BodyHandlers.ofString());

        // then
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void shouldBeReadyOnceEveryPartitionHasHadAnOwner() throws Exception {
        // given
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("0 of 1 partitions have had an owner");

        // when
        ownership = new Ownership("g1", 1, List.of(new Ownership.Owner("me:1", List.of(0))));

        // then
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        ownership = new Ownership("g1", 1, List.of());
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldDescribeAndMeasureItself() throws Exception {
        // given
        get("/v1/counters/demo/hello");

        // when, then
        assertThat(get("/openapi.yaml").body())
                .contains("/v1/counters/{namespace}/{counter}:", "operationId: readCounter");
        assertThat(get("/metrics").body()).contains("tally_query_reads_total{outcome=\"found\"} 1.0");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }
}
