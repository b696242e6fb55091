package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Http;
import dev.tally.system.client.RawSocket;
import dev.tally.system.client.Scrape;
import dev.tally.system.docs.MetricsPage;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.log.Poison;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * docs/metrics.md lists exactly the metrics and label values that the system exports, and each metric moves when the
 * thing that it counts happens.
 */
class MetricsIT {
    private static final CounterName COUNTER = CounterName.of("metrics", "counter");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Metrics that stay at 0, or NaN, if no group loses its offsets while it keeps its state, counting keeps up, nothing is
     * rebuilt, no event is deleted, and no producer fails permanently.
     */
    private static final Set<String> AT_REST = Set.of(
            "tally_streams_events_skipped_total",
            "tally_streams_lag_records",
            "tally_streams_partitions_stalled",
            "tally_streams_rebuild_counted_records",
            "tally_streams_rebuild_log_records",
            "tally_streams_rebuild_phase",
            "tally_streams_snapshot_age_seconds",
            "tally_ingest_producer_replacements_total");

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final Set<String> moved = new TreeSet<>();

    @Test
    void shouldShowInOneProcessWhatThePageLists() throws IOException {
        try (UpSystem system = new UpSystem("metrics")) {
            // given
            system.start();

            // when
            assertThat(new Api(system).postEmpty(COUNTER).status()).isEqualTo(202);

            // then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Scrape.of(system.writeUrl()).names("tally_"))
                            .isEqualTo(MetricsPage.names()));
            // All label values are exported from the start, each at 0, so the exported values are all the possible
            // ones.
            assertThat(MetricsPage.labelValues()).hasSize(5);
            assertThat(Scrape.of(system.writeUrl()).labelValues("tally_", "reason", "outcome"))
                    .isEqualTo(MetricsPage.labelValues());
        }
    }

    @Test
    void shouldShowInSeveralProcessesWhatThePageListsAndMoveAllOfIt() throws Exception {
        try (PartsSystem system = new PartsSystem("metrics")) {
            // given
            system.start();
            Api api = new Api(system);

            // when
            writeAndRead(system, api);
            awaitMoved(system, MetricsPage.names().stream().filter(MetricsIT::isCounterOfAQuietSystem));
            waitAndSend(system);
            suspendKafka(system, api);

            // then
            Set<String> expected = MetricsPage.names();
            expected.removeAll(AT_REST);
            assertThat(moved).isEqualTo(expected);
            Set<String> shown = new TreeSet<>();
            for (URI service : system.services().values()) {
                shown.addAll(Scrape.of(service).names("tally_"));
            }
            assertThat(shown).isEqualTo(MetricsPage.names());
        } finally {
            clients.shutdownNow();
        }
    }

    /** Whether a metric is neither about something in flight nor about Kafka being unavailable. */
    private static boolean isCounterOfAQuietSystem(String metric) {
        return !AT_REST.contains(metric)
                && !metric.contains("in_flight")
                && !metric.equals("tally_http_body_bytes")
                && !metric.equals("tally_streams_reads_waiting")
                && !metric.equals("tally_ingest_events_failed_total");
    }

    private static void writeAndRead(PartsSystem system, Api api) throws IOException {
        URI write = system.writeUrl().resolve("/v1/counters/" + COUNTER.path());
        for (int i = 0; i < 2; i++) {
            assertThat(Http.post(URI.create(write + "?wait=20s"), "{\"id\":\"same\"}", "application/json")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(Http.post(write, "{", "application/json").status()).isEqualTo(400);
        assertThat(api.read(COUNTER).total()).isEqualTo(1);
        assertThat(Http.get(system.readUrl().resolve("/v1/counters/metrics")).status())
                .isEqualTo(200);
        try (Poison poison = new Poison(system.kafka(), system.partitions())) {
            poison.put(COUNTER.key(), new byte[] {1});
        }
    }

    /** Sends a read that waits, and a request with an incomplete body. */
    private void waitAndSend(PartsSystem system) throws Exception {
        int partition = Placement.partition(COUNTER.key(), system.partitions());
        try (KafkaProducer<byte[], byte[]> open = Poison.transaction(system.kafka());
                RawSocket half = new RawSocket(system.writeUrl())) {
            long offset = open.send(new ProducerRecord<>(Topics.EVENTS, partition, COUNTER.key(), Poison.add(1)))
                    .get()
                    .offset();
            URI read = system.readUrl()
                    .resolve("/v1/counters/" + COUNTER.path() + "?wait=30s&after=" + partition + "-" + offset);
            Future<Answer> waiting = clients.submit(() -> Http.get(read));
            half.send("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                    + " ".repeat(9_000));
            awaitMoved(
                    system,
                    Stream.of("tally_streams_reads_waiting", "tally_http_requests_in_flight", "tally_http_body_bytes"));
            open.commitTransaction();
            assertThat(waiting.get(40, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    private void suspendKafka(PartsSystem system, Api api) throws Exception {
        system.suspend(PartsSystem.BROKER);
        try {
            Future<Answer> stuck = clients.submit(() -> api.postEmpty(COUNTER));
            awaitMoved(system, Stream.of("tally_ingest_events_in_flight", "tally_ingest_in_flight_bytes"));
            assertThat(stuck.get(40, TimeUnit.SECONDS).code()).isEqualTo("unconfirmed");
            awaitMoved(system, Stream.of("tally_ingest_events_failed_total"));
        } finally {
            system.resume(PartsSystem.BROKER);
        }
    }

    private void awaitMoved(PartsSystem system, Stream<String> metrics) {
        Map<String, URI> services = system.services();
        metrics.forEach(metric -> {
            await(metric).atMost(PATIENCE).until(() -> {
                for (URI service : services.values()) {
                    if (Scrape.of(service).hasMoved(metric)) {
                        return true;
                    }
                }
                return false;
            });
            moved.add(metric);
        });
    }
}
