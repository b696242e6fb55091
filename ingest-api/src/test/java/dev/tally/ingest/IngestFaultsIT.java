package dev.tally.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.ingest.broker.FaultyNetwork;
import dev.tally.ingest.broker.RefusingNetwork;
import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;
import dev.tally.testkit.TestKafka;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kafka becomes unavailable and available again under load. */
@Execution(ExecutionMode.CONCURRENT)
class IngestFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The delivery timeout, the time to resolve an in-doubt append, and a margin for a slow machine. */
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(15);

    private static ServiceProcess ingest(int kafkaPort) {
        Environment environment = Environment.of(
                SettingNames.ALL,
                Map.of(
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafkaPort,
                        "TALLY_HTTP_PORT", "0",
                        "TALLY_EVENTS_PARTITIONS", "4",
                        "TALLY_REPLICATION_FACTOR", "1"),
                Map.of());
        IngestSettings settings = IngestSettings.read(environment);
        environment.verify();
        return ServiceProcess.start(settings.http(), registry -> IngestService.start(settings, registry));
    }

    private static int status(ServiceProcess ingest, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ingest.server().url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String get(ServiceProcess ingest, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ingest.server().url() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double replacements(ServiceProcess ingest) throws Exception {
        String name = "tally_ingest_producer_replacements_total ";
        return get(ingest, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private static void awaitReady(ServiceProcess ingest) {
        await().atMost(PATIENCE).until(() -> status(ingest, "GET", "/readyz") == 200);
    }

    @Test
    void shouldClaimNeitherMoreNorLessThanTheLogHoldsWhenTheBrokerStopsAndStarts() throws Exception {
        try (TestKafka broker = TestKafka.stopped()) {
            broker.start();
            try (ServiceProcess ingest = ingest(broker.port())) {
                awaitReady(ingest);
                HitLoad load = new HitLoad(ingest.server().url(), 64);
                load.start();

                for (int round = 0; round < 2; round++) {
                    // given
                    int before = load.codes().getOrDefault("202", 0);
                    await().atMost(PATIENCE).until(() -> load.codes().getOrDefault("202", 0) > before + 1_000);

                    // when
                    broker.stop();
                    await().atMost(PATIENCE).until(() -> status(ingest, "GET", "/readyz") == 503);
                    int answered = load.answered();
                    await().atMost(PATIENCE).until(() -> load.answered() > answered + 500);
                    assertThat(status(ingest, "POST", "/v1/counters/load/probe"))
                            .isEqualTo(503);
                    broker.start();

                    // then
                    int atReturn = load.codes().getOrDefault("202", 0);
                    await().atMost(PATIENCE).until(() -> load.codes().getOrDefault("202", 0) > atReturn + 1_000);
                }
                load.stop();
                System.out.println("answers " + load.codes() + ", slowest " + load.slowest());
                assertThat(load.codes()).containsKeys("202", "kafka_unavailable");
                assertThat(load.slowest()).isLessThan(ANSWER_BOUND);
                load.judge(broker.records(Topics.EVENTS));
            }
        }
    }

    @Test
    void shouldSayUnconfirmedWhenTheBrokersAnswersAreLost() throws Exception {
        try (FaultyNetwork network = new FaultyNetwork();
                TestKafka broker = TestKafka.advertising(network.port())) {
            broker.start();
            network.forwardTo(broker.port());
            try (ServiceProcess ingest = ingest(network.port())) {
                awaitReady(ingest);
                HitLoad load = new HitLoad(ingest.server().url(), 64);
                load.start();
                await().atMost(PATIENCE).until(() -> load.codes().getOrDefault("202", 0) > 1_000);

                // when
                network.loseAnswers();
                await().atMost(PATIENCE).until(() -> load.codes().containsKey("unconfirmed"));
                await().atMost(PATIENCE).until(() -> load.codes().containsKey("kafka_unavailable"));
                network.heal();

                // then
                int atReturn = load.codes().getOrDefault("202", 0);
                await().atMost(PATIENCE).until(() -> load.codes().getOrDefault("202", 0) > atReturn + 1_000);
                load.stop();
                System.out.println("answers " + load.codes() + ", slowest " + load.slowest());
                assertThat(load.slowest()).isLessThan(ANSWER_BOUND);
                load.judge(broker.records(Topics.EVENTS));
            }
        }
    }

    /** The broker appends the records, but the producer gets a refusal. Its transaction manager does not recover from that. */
    @Test
    void shouldGoOnWithNewProducersWhenTheBrokerEndsOneAfterTheOther() throws Exception {
        try (RefusingNetwork network = new RefusingNetwork();
                TestKafka broker = TestKafka.advertising(network.port())) {
            broker.start();
            network.forwardTo(broker.port());
            try (ServiceProcess ingest = ingest(network.port())) {
                awaitReady(ingest);
                HitLoad load = new HitLoad(ingest.server().url(), 16);
                load.start();
                await().atMost(PATIENCE).until(() -> load.codes().getOrDefault("202", 0) > 1_000);

                // when
                network.refuse(ApiKeys.PRODUCE, Errors.CLUSTER_AUTHORIZATION_FAILED);
                await().atMost(PATIENCE).until(() -> replacements(ingest) >= 3);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(get(ingest, "/readyz")).contains("the producer failed and is being replaced: Cluster");
                    assertThat(status(ingest, "GET", "/readyz")).isEqualTo(503);
                    assertThat(status(ingest, "POST", "/v1/counters/load/probe"))
                            .isEqualTo(503);
                });
                network.refuseNothing();

                // then
                int atReturn = load.codes().getOrDefault("202", 0);
                await().atMost(PATIENCE).until(() -> load.codes().getOrDefault("202", 0) > atReturn + 1_000);
                awaitReady(ingest);
                load.stop();
                System.out.println("answers " + load.codes() + ", slowest " + load.slowest() + ", producers replaced "
                        + replacements(ingest));
                assertThat(load.codes()).containsKeys("202", "unconfirmed", "kafka_unavailable");
                assertThat(load.slowest()).isLessThan(ANSWER_BOUND);
                load.judge(broker.records(Topics.EVENTS));
            }
        }
    }

    /** The first request of the producer fails fatally, before the producer has a record. */
    @Test
    void shouldRecordNothingAndRecoverWhenTheBrokerRefusesAProducerId() throws Exception {
        try (RefusingNetwork network = new RefusingNetwork();
                TestKafka broker = TestKafka.advertising(network.port())) {
            broker.start();
            network.forwardTo(broker.port());
            network.refuse(ApiKeys.INIT_PRODUCER_ID, Errors.UNKNOWN_SERVER_ERROR);
            try (ServiceProcess ingest = ingest(network.port())) {
                awaitReady(ingest);

                // when
                int first = status(ingest, "POST", "/v1/counters/shop/a");

                // then
                assertThat(first).isEqualTo(503);
                await().atMost(PATIENCE).until(() -> {
                    assertThat(status(ingest, "POST", "/v1/counters/shop/a")).isEqualTo(503);
                    return replacements(ingest) >= 2;
                });
                assertThat(broker.records(Topics.EVENTS)).isEmpty();

                // when
                network.refuseNothing();

                // then
                await().atMost(PATIENCE).until(() -> status(ingest, "POST", "/v1/counters/shop/a") == 202);
                assertThat(broker.records(Topics.EVENTS)).hasSize(1);
            }
        }
    }

    @Test
    void shouldWaitForKafkaWithoutAcceptingAnythingWhenItIsNotThereAtStart() throws Exception {
        try (TestKafka broker = TestKafka.stopped();
                ServiceProcess ingest = ingest(broker.port())) {
            // then
            assertThat(status(ingest, "GET", "/livez")).isEqualTo(200);
            assertThat(status(ingest, "GET", "/readyz")).isEqualTo(503);
            assertThat(status(ingest, "POST", "/v1/counters/shop/a")).isEqualTo(503);

            // when
            broker.start();

            // then
            awaitReady(ingest);
            assertThat(status(ingest, "POST", "/v1/counters/shop/a")).isEqualTo(202);
            assertThat(broker.records(Topics.EVENTS)).hasSize(1);
        }
    }
}
