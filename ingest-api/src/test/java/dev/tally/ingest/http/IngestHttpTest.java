package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogBounds;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.ingest.log.ScriptedLog;
import dev.tally.ingest.log.ScriptedProducer;
import dev.tally.schemas.topic.RequestIdHeader;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.service.http.HttpServer;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.RawClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole service over real HTTP, with a producer that the test controls. */
class IngestHttpTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String LINE = "{\"namespace\":\"shop\",\"counter\":\"a\"}\n";

    private final ScriptedProducer producer = new ScriptedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogMetrics metrics = new LogMetrics(registry);
    private final BatchWorkers workers = new BatchWorkers(1, 1);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private EventLog log;
    private HttpServer server;

    @BeforeEach
    void start() {
        log = ScriptedLog.open(producer, new LogBounds(10_000, 16 << 20, Duration.ZERO), metrics);
        server = HttpServer.start(
                new HttpSettings("127.0.0.1", 0),
                IngestRoutes.of(log, metrics, new ScriptedReader(), workers, Clock.fixed(NOW, ZoneOffset.UTC)),
                registry);
    }

    @AfterEach
    void close() {
        log.close();
        server.close();
        workers.close();
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(30))
                .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .orTimeout(40, TimeUnit.SECONDS);
    }

    private HttpResponse<String> acknowledged(CompletableFuture<HttpResponse<String>> response) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            producer.acknowledgeAll();
            return response.isDone();
        });
        return response.join();
    }

    private void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void shouldAnswerWithTheReceiptOnlyWhenTheEventIsAcknowledged() {
        // when
        CompletableFuture<HttpResponse<String>> response = post("/v1/counters/shop/orders", null);
        await().until(() -> producer.history().size() == 1);

        // then
        assertThat(response).isNotDone();
        HttpResponse<String> answer = acknowledged(response);
        String receipt = producer.history().get(0).partition() + "-0";
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"namespace\":\"shop\",\"counter\":\"orders\",\"delta\":1,\"receipt\":\"" + receipt + "\"}");
        assertThat(answer.headers().firstValue("Tally-Receipt")).hasValue(receipt);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void shouldAppendWhatTheBodySays() {
        // when
        HttpResponse<String> answer = acknowledged(post(
                "/v1/counters/shop/a%2Fb%20%22%C3%BC?numbers=string",
                "{\"delta\":-9007199254740993,\"occurredAt\":\"2026-11-24T11:00:00Z\",\"source\":\"till\"}"));

        // then
        assertThat(answer.body()).contains("\"counter\":\"a/b \\\"ü\",\"delta\":\"-9007199254740993\",");
        assertThat(producer.history().get(0).key()).isEqualTo("shop/a/b \"ü".getBytes(StandardCharsets.UTF_8));
        EventDecoder event = EventDecoder.released();
        assertThat(event.decode(producer.history().get(0).value())).isTrue();
        assertThat(event.value()).isEqualTo(-9007199254740993L);
        assertThat(event.occurredAtMillis()).isEqualTo(NOW.minusSeconds(3_600).toEpochMilli());
        assertThat(event.source()).isEqualTo("till");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/counters/Shop/a                |                      | 400 | invalid_name",
                "/v1/counters/shop/%2E%2E           |                      | 400 | invalid_name",
                "/v1/counters/shop/%ff              |                      | 400 | invalid_name",
                "/v1/counters/shop/%C3              |                      | 400 | invalid_name",
                "/v1/counters/shop/a?after=0-1      |                      | 400 | not_supported",
                "/v1/counters/shop/a?numbers=float  |                      | 400 | invalid_parameter",
                "/v1/counters/shop/a?numbers        |                      | 400 | invalid_parameter",
                "/v1/counters/shop/a?nosuch=1       |                      | 400 | invalid_parameter",
                "/v1/counters/shop/a?numbers=string&numbers=string |       | 400 | invalid_parameter",
                "/v1/counters/shop/a                | {\"delta\":1.5}      | 400 | invalid_value",
                "/v1/counters/shop/a                | {\"total\":1}        | 400 | unknown_field",
                "/v1/counters/shop/a                | {\"delta\":1         | 400 | invalid_json",
                "/v1/counters/shop/a/               |                      | 404 | not_found",
                "/v1/counters/shop                  |                      | 404 | not_found",
                "/v1/counters//a                    |                      | 404 | not_found",
                "/v1/counters/shop/a/hit.gif        |                      | 404 | not_found",
                "/v1/events                         |                      | 400 | invalid_value",
                "/v1/events                         | []                   | 400 | invalid_value",
                "/v1/events                         | {\"counter\":\"a\"}  | 400 | invalid_name",
                "/v1/events?wait=1s                 | []                   | 400 | invalid_parameter",
                "/v1/events?after=0-1               | []                   | 400 | not_supported",
                "/v1/events?nosuch                  | []                   | 400 | invalid_parameter"
            })
    void shouldRefuseWhatTheContractForbids(String path, String body, int status, String code) {
        // when
        HttpResponse<String> response = post(path.strip(), body).join();

        // then
        assertProblem(response, status, code);
        assertThat(producer.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET     | /v1/counters/shop/a | DELETE, POST, PUT",
                "PATCH   | /v1/counters/shop/a | DELETE, POST, PUT",
                "OPTIONS | /v1/counters/shop/a | DELETE, POST, PUT",
                "GET     | /v1/events          | POST",
                "PUT     | /v1/events          | POST",
                "DELETE  | /v1/events          | POST"
            })
    void shouldNameTheMethodsThereAreWhenAskedForAnother(String method, String path, String allowed) throws Exception {
        // when
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        // then
        assertProblem(response, 405, "method_not_allowed");
        assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
    }

    @Test
    void shouldRefuseBodiesBeyondTheirBounds() throws IOException {
        // given
        String exact = "{\"delta\":2" + " ".repeat((16 << 10) - 11) + "}";

        // then
        assertThat(acknowledged(post("/v1/counters/shop/a", exact)).statusCode())
                .isEqualTo(202);
        assertProblem(post("/v1/counters/shop/a", exact + " ").join(), 413, "too_large");
        assertProblem(post("/v1/events", LINE.repeat(10_001)).join(), 413, "too_large");
        assertThat(statusWhenAnnouncing((4 << 20) + 1)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        assertThat(producer.history()).hasSize(1);
    }

    /** The status line of the answer to a batch of {@code bytes} bytes, of which none has been sent yet. */
    private String statusWhenAnnouncing(int bytes) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n\r\n");
            return client.answer().statusLine();
        }
    }

    @Test
    void shouldAppendABatchAndAnswerTheHighestOffsetOfEachPartition() {
        // given
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            body.append("{\"namespace\":\"shop\",\"counter\":\"c")
                    .append(i % 50)
                    .append("\",\"delta\":2}\r\n");
        }

        // when
        HttpResponse<String> answer = acknowledged(post("/v1/events", body.toString()));

        // then
        long[] counts = new long[ScriptedProducer.PARTITIONS];
        producer.history().forEach(record -> counts[record.partition()]++);
        List<String> receipt = new ArrayList<>();
        for (int partition = 0; partition < counts.length; partition++) {
            receipt.add(partition + "-" + (counts[partition] - 1));
        }
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"accepted\":1000,\"receipt\":\"" + String.join(",", receipt) + "\"}");
        assertThat(answer.headers().firstValue("Tally-Receipt")).hasValue(String.join(",", receipt));
    }

    @Test
    void shouldNameTheRequestInEveryEventOfABatchInFewBytesWhenItsIdWasMadeHere() {
        // when
        HttpResponse<String> answer = acknowledged(post("/v1/events", LINE.repeat(100)));

        // then
        String made = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(producer.history()).hasSize(100).allSatisfy(record -> {
            assertThat(record.headers())
                    .singleElement()
                    .satisfies(header -> assertThat(2 + header.key().length() + header.value().length)
                            .as("a byte for each length, the key and the value")
                            .isLessThanOrEqualTo(18));
            assertThat(RequestIdHeader.read(record.headers())).asString().isEqualTo(made);
        });
    }

    @Test
    void shouldAppendASmallBatchInAnArray() {
        // when
        HttpResponse<String> answer = acknowledged(post("/v1/events", "[" + LINE + "]"));

        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).startsWith("{\"accepted\":1,\"receipt\":\"");
    }

    @Test
    void shouldReportEveryBadLineAndRecordNothing() {
        // when
        HttpResponse<String> response = post(
                        "/v1/events", LINE + "\n" + LINE.replace("a\"}", "a\",\"delta\":1e3}") + "x\n" + LINE)
                .join();

        // then
        assertProblem(response, 400, "invalid_value");
        assertThat(response.body())
                .contains(
                        "\"detail\":\"2 of 4 events are not valid; nothing was recorded. Line 3: delta: 1e3 (expected: ")
                .contains(
                        "\"errors\":[{\"line\":3,\"field\":\"delta\",\"code\":\"invalid_value\",\"detail\":\"delta: 1e3 ")
                .contains("{\"line\":4,\"field\":null,\"code\":\"invalid_json\",\"detail\":\"body: line 4, column ");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldCountInPlainEnglishWhenOneEventIsNotValid() {
        assertThat(post("/v1/events", "x").join().body())
                .contains(
                        "\"detail\":\"The event is not valid; nothing was recorded. Line 1: body: line 1, column 1: 'x' ");
        assertThat(post("/v1/events", LINE + "x").join().body())
                .contains("\"detail\":\"1 of 2 events is not valid; nothing was recorded. Line 2: ");
    }

    /** The request that {@code curl -d @events.ndjson} sends: the lines of the file without their line ends, as a form. */
    @Test
    void shouldNameCurlsOptionWhenCurlTookTheEndsOfTheLinesAway() {
        // given
        String joined = (LINE + LINE + LINE).replace("\n", "");
        String hint = ". curl -d removes line ends: use --data-binary\"";

        // when
        HttpResponse<String> form = post("/v1/events", joined, "Content-Type", "application/x-www-form-urlencoded")
                .join();
        HttpResponse<String> ndjson = post("/v1/events", joined, "Content-Type", "application/x-ndjson")
                .join();
        HttpResponse<String> other = post(
                        "/v1/events", "{\"counter\":1}", "Content-Type", "application/x-www-form-urlencoded")
                .join();

        // then
        assertProblem(form, 400, "invalid_json");
        assertThat(form.body()).contains("text after the object (expected: one object a line)" + hint);
        assertThat(ndjson.body()).contains("text after the object").doesNotContain("curl");
        assertThat(other.body()).doesNotContain("curl");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldBoundWhatItReportsOfBadLines() {
        // when
        HttpResponse<String> response =
                post("/v1/events", "nonsense\n".repeat(10_000)).join();

        // then
        assertProblem(response, 400, "invalid_json");
        assertThat(response.body()).contains("10000 of 10000 events are not valid, the first 100 of them listed;");
        assertThat(response.body()).hasSizeLessThan(40_000);
    }

    @Test
    void shouldSayWhatIsKnownWhenKafkaFails() {
        // given
        await().pollDelay(Duration.ofMillis(250)).until(() -> true);
        CompletableFuture<HttpResponse<String>> neverSent = post("/v1/counters/shop/a", null);
        await().until(() -> producer.history().size() == 1);

        // when
        producer.failAll(new TimeoutException("late"));

        // then
        assertProblem(neverSent.join(), 503, "kafka_unavailable");

        // when
        CompletableFuture<HttpResponse<String>> sent = post("/v1/events", LINE);
        await().until(() -> producer.history().size() == 2);
        producer.sendRecords(1);
        producer.failAll(new TimeoutException("late"));

        // then
        assertProblem(sent.join(), 503, "unconfirmed");

        // when
        producer.refuseWithin(0, new TimeoutException("no metadata"));

        // then
        assertProblem(post("/v1/counters/shop/a", null).join(), 503, "kafka_unavailable");
    }

    @Test
    void shouldSayOverloadedWhenAsMuchIsInFlightAsMayBe() {
        // given
        CompletableFuture<HttpResponse<String>> large = post("/v1/events", LINE.repeat(10_000));
        await().atMost(Duration.ofSeconds(20)).until(() -> producer.history().size() == 10_000);

        // then
        assertProblem(post("/v1/counters/shop/a", null).join(), 503, "overloaded");
        assertProblem(post("/v1/events", LINE).join(), 503, "overloaded");
        assertThat(acknowledged(large).statusCode()).isEqualTo(202);
        assertThat(acknowledged(post("/v1/counters/shop/a", null)).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldSayOverloadedWhenTooManyBatchesWaitToBeRead() throws Exception {
        // given
        CountDownLatch release = new CountDownLatch(1);
        workers.run(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture<HttpResponse<String>> waiting = post("/v1/events", LINE.repeat(500));
        await().until(() -> workers.waiting() == 1);

        // when
        HttpResponse<String> refused = post("/v1/events", LINE.repeat(500)).join();

        // then
        assertProblem(refused, 503, "overloaded");
        assertThat(acknowledged(post("/v1/counters/shop/a", null)).statusCode()).isEqualTo(202);
        release.countDown();
        assertThat(acknowledged(waiting).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldSayShuttingDownWhenTheLogCloses() {
        // when
        log.close();

        // then
        assertProblem(post("/v1/counters/shop/a", null).join(), 503, "shutting_down");
    }

    @Test
    void shouldCountWhatItRefuses() {
        // when
        post("/v1/counters/shop/a?nosuch=1", null).join();
        post("/v1/counters/shop/a", "{").join();
        post("/v1/events", LINE + "x\n" + LINE).join();

        // then
        assertThat(registry.get("tally.ingest.events.refused")
                        .tag("reason", "invalid")
                        .functionCounter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("tally.ingest.events.accepted")
                        .functionCounter()
                        .count())
                .isZero();
    }
}
