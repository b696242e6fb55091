package dev.tally.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;
import dev.tally.testkit.TestKafka;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole ingest-api on a real broker. */
class IngestIT {
    private static final int PARTITIONS = 4;

    private static TestKafka broker;
    private static ServiceProcess ingest;

    @BeforeAll
    static void start() throws Exception {
        broker = TestKafka.started();
        ingest = ingest(PARTITIONS);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> send("GET", "/readyz", "").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        ingest.close();
        broker.close();
    }

    private static ServiceProcess ingest(int partitions) {
        Environment environment = Environment.of(
                SettingNames.ALL,
                Map.of(
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS",
                        broker.bootstrapServers(),
                        "TALLY_HTTP_PORT",
                        "0",
                        "TALLY_EVENTS_PARTITIONS",
                        "" + partitions,
                        "TALLY_REPLICATION_FACTOR",
                        "1"),
                Map.of());
        IngestSettings settings = IngestSettings.read(environment);
        environment.verify();
        return ServiceProcess.start(settings.http(), registry -> IngestService.start(settings, registry));
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ingest.server().url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The events of one namespace, by their partition and offset as a receipt. */
    private static Map<String, ConsumerRecord<byte[], byte[]>> recorded(String namespace) {
        Map<String, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.records(Topics.EVENTS)) {
            CounterName name = CounterName.ofKey(record.key());
            assertThat(name).isNotNull();
            assertThat(record.partition()).isEqualTo(Placement.partition(record.key(), PARTITIONS));
            if (name.namespace().equals(namespace)) {
                records.put(record.partition() + "-" + record.offset(), record);
            }
        }
        return records;
    }

    @Test
    void shouldFindEachEventWhereItsReceiptSays() throws Exception {
        EventDecoder event = EventDecoder.released();
        for (int i = 0; i < 20; i++) {
            // when
            HttpResponse<String> answer =
                    send("POST", "/v1/counters/single/c%2F" + i, "{\"delta\":" + i + ",\"source\":\"s" + i + "\"}");

            // then
            assertThat(answer.statusCode()).isEqualTo(202);
            String receipt = answer.headers().firstValue("Tally-Receipt").orElseThrow();
            assertThat(answer.body()).endsWith("\"receipt\":\"" + receipt + "\"}");
            ConsumerRecord<byte[], byte[]> record = recorded("single").get(receipt);
            assertThat(CounterName.ofKey(record.key())).isEqualTo(CounterName.of("single", "c/" + i));
            assertThat(event.decode(record.value())).isTrue();
            assertThat(event.value()).isEqualTo(i);
            assertThat(event.source()).isEqualTo("s" + i);
        }
    }

    @Test
    void shouldWriteDownIdsNewTotalsAndDeletions() throws Exception {
        // when
        String hit = receipt(send("POST", "/v1/counters/exact/c", "{\"delta\":7,\"id\":\"a b\"}"));
        String newTotal = receipt(send("PUT", "/v1/counters/exact/c", "{\"total\":-5,\"id\":\"set\"}"));
        String deletion = receipt(send("DELETE", "/v1/counters/exact/c", ""));

        // then
        assertRecorded(hit, Operation.ADD, 7, "a b");
        assertRecorded(newTotal, Operation.SET, -5, "set");
        assertRecorded(deletion, Operation.DELETE, 0, null);
    }

    private static String receipt(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Tally-Receipt").orElseThrow();
    }

    private static void assertRecorded(String receipt, Operation operation, long value, String id) {
        EventDecoder event = EventDecoder.released();
        assertThat(event.decode(recorded("exact").get(receipt).value())).isTrue();
        assertThat(event.operation()).isEqualTo(operation);
        assertThat(event.value()).isEqualTo(value);
        assertThat(event.id()).isEqualTo(id);
    }

    @Test
    void shouldAppendTheLargestBatchInItsOrderAndAnswerTheLastOfEachPartition() throws Exception {
        // given
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            body.append("{\"namespace\":\"batch\",\"counter\":\"c")
                    .append(i % 100)
                    .append("\",\"delta\":")
                    .append(i)
                    .append("}\n");
        }

        // when
        HttpResponse<String> answer = send("POST", "/v1/events", body.toString());

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).startsWith("{\"accepted\":10000,\"receipt\":\"");
        Map<String, ConsumerRecord<byte[], byte[]>> records = recorded("batch");
        assertThat(records).hasSize(10_000);
        List<String> receipts = List.of(
                answer.headers().firstValue("Tally-Receipt").orElseThrow().split(","));
        assertThat(receipts).hasSize(PARTITIONS).isSorted();
        Map<Integer, Long> last = new HashMap<>();
        Map<Integer, Long> value = new HashMap<>();
        EventDecoder event = EventDecoder.released();
        records.values().stream()
                .sorted((a, b) -> Long.compare(a.offset(), b.offset()))
                .forEach(record -> {
                    assertThat(event.decode(record.value())).isTrue();
                    assertThat(event.value()).isGreaterThan(value.getOrDefault(record.partition(), -1L));
                    value.put(record.partition(), event.value());
                    last.put(record.partition(), record.offset());
                });
        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(receipt)
                        .isEqualTo(receipt.substring(0, 1) + "-" + last.get(Integer.valueOf(receipt.substring(0, 1)))));
    }

    @Test
    void shouldPublishItsMetricsAndItsDescription() throws Exception {
        // when
        assertThat(send("POST", "/v1/counters/metrics/a", "").statusCode()).isEqualTo(202);
        assertThat(send("POST", "/v1/counters/metrics/a", "{").statusCode()).isEqualTo(400);

        // then
        String metrics = send("GET", "/metrics", "").body();
        assertThat(metrics)
                .contains("tally_ingest_events_accepted_total ")
                .contains("tally_ingest_events_appended_total ")
                .contains("tally_ingest_events_failed_total{reason=\"unconfirmed\"} 0.0")
                .contains("tally_ingest_events_refused_total{reason=\"invalid\"} ")
                .contains("tally_ingest_events_in_flight 0.0")
                .contains("tally_ingest_append_seconds_bucket{le=\"0.01\"")
                .contains("kafka_producer_record_send_total{");
        assertThat(send("GET", "/openapi.yaml", "").body())
                .contains("  /v1/counters/{namespace}/{counter}:")
                .contains("  /v1/events:");
    }

    @Test
    void shouldRefuseToStartWhenTheTopicsDifferFromTheirDefinition() {
        assertThatThrownBy(() -> ingest(PARTITIONS + 1).close())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("tally.events");
    }
}
