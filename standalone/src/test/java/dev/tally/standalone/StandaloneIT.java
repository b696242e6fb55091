package dev.tally.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.name.Placement;
import dev.tally.service.http.CannotListenException;
import dev.tally.service.lifecycle.RefusedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneIT {

    private static final Duration WAIT_MAX = Duration.ofSeconds(120);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void shouldCountHitsAndKeepTotalsWhenRestarted() throws Exception {
        // given
        try (Standalone tally = start()) {
            HttpResponse<String> written = post(tally, "/v1/counters/shop/sold", "{\"delta\":3}");
            assertThat(written.statusCode()).isEqualTo(202);
            awaitTotal(tally, 3);
            String receipt = written.body().replaceAll(".*\"receipt\":\"([0-9-]+)\".*", "$1");
            URI http = URI.create(tally.installation().http());
            assertThat(get(tally, "/v1/counters/shop/sold/explain?after=" + receipt)
                            .body())
                    .contains("\"owner\":\"" + http.getAuthority() + "\"");
        }

        // when
        try (Standalone tally = start()) {
            post(tally, "/v1/counters/shop/sold", "");

            // then
            awaitTotal(tally, 4);
        }
    }

    @Test
    void shouldWriteAndRefuseReadsWithASentenceWhenTheStateCannotBeUsed() throws Exception {
        // given
        try (Standalone tally = start()) {
            post(tally, "/v1/counters/shop/sold", "");
            awaitTotal(tally, 1);
        }
        try (StandaloneBroker broker = StandaloneBroker.start(new BrokerSettings(0, directory));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of("tally-g1-counters-changelog")).all().get();
        }

        // when
        try (Standalone tally = Standalone.start(StandaloneSettings.read(Map.of(), flags()))) {
            Awaitility.await()
                    .atMost(WAIT_MAX)
                    .until(() -> get(tally, "/readyz").body().contains("scripts/tally rebuild"));

            // then
            HttpResponse<String> read = get(tally, "/v1/counters/shop/sold");
            assertThat(read.statusCode()).isEqualTo(503);
            assertThat(read.body())
                    .contains(
                            "\"not_ready\"",
                            "The changelog topic tally-g1-counters-changelog does not exist",
                            "docs/operations.md");
            assertThat(post(tally, "/v1/counters/shop/sold", "").statusCode()).isEqualTo(202);
            assertThat(tally.failure()).isNotDone();
        }
    }

    @Test
    void shouldAnswerWaitingReadsWhenStopped() throws Exception {
        // given: an event of an open transaction, which cannot be counted yet
        CompletableFuture<HttpResponse<String>> waiting;
        try (Standalone tally = start()) {
            post(tally, "/v1/counters/shop/sold", "");
            awaitTotal(tally, 1);
            byte[] key = "shop/sold".getBytes(StandardCharsets.UTF_8);
            try (KafkaProducer<byte[], byte[]> open = new KafkaProducer<>(
                    Map.of("bootstrap.servers", tally.installation().kafka(), "transactional.id", "open"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                open.initTransactions();
                open.beginTransaction();
                RecordMetadata place = open.send(
                                new ProducerRecord<>("tally.events", Placement.partition(key, 4), key, new byte[] {1}))
                        .get();
                String after = place.partition() + "-" + place.offset();
                waiting = client.sendAsync(
                        HttpRequest.newBuilder(URI.create(
                                        tally.installation().http() + "/v1/counters/shop/sold?wait=30s&after=" + after))
                                .build(),
                        BodyHandlers.ofString());
                Awaitility.await()
                        .until(() -> get(tally, "/metrics").body().contains("\ntally_streams_reads_waiting 1.0\n"));
            }
        } // when: tally is stopped here

        // then
        HttpResponse<String> answer = waiting.get(1, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"not_ready\"", "this instance is stopping");
    }

    @Test
    void shouldServeEverythingAtOnePort() throws Exception {
        try (Standalone tally = start()) {
            // when
            HttpResponse<String> page = get(tally, "/");
            HttpResponse<String> ready = get(tally, "/readyz");

            // then
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(tally.installation().kafka())
                    .contains(directory.toString())
                    .contains("scripts/tally hit shop/sold --delta 3");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"log\"").contains("\"streams\"").contains("\"owners\"");
            assertThat(get(tally, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(tally, "/metrics").body())
                    .contains("tally_ingest_events_accepted_total")
                    .contains("tally_streams_events_applied_total");
            assertThat(get(tally, "/openapi.yaml").body())
                    .containsOnlyOnce("\n  /v1/counters/{namespace}/{counter}:\n")
                    .contains("\n  /schemas/ids/{id}:\n");
            assertThat(get(tally, "/schemas/ids/2130706433").body()).contains("CounterEvent");
            assertThat(get(tally, "/v1/counters/shop/never").statusCode()).isEqualTo(404);
            assertThat(get(tally, "/internal/v1/live/ownership").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldLeaveNoThreadAndNoFileWhenClosed() throws Exception {
        // given: an earlier start and stop, because a JVM loads some things only once
        start().close();
        Leftovers leftovers = Leftovers.since(directory);

        // when
        try (Standalone tally = start()) {
            post(tally, "/v1/counters/shop/sold", "");
        }

        // then
        leftovers.assertNone();
    }

    @Test
    void shouldReleaseTheDataDirectoryWhenTheHttpPortIsInUse() throws Exception {
        // given
        Map<String, String> flags = flags();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            flags.put("--http-port", Integer.toString(taken.getLocalPort()));
            StandaloneSettings settings = StandaloneSettings.read(Map.of(), flags);

            // when / then
            assertThatThrownBy(() -> Standalone.start(settings))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " is in use: choose another with --http-port");
        }
        DataDirectory.take(directory).close();
    }

    @Test
    void shouldCreateNoFileWhenAPortIsInUse() throws Exception {
        for (String flag : List.of("--http-port", "--kafka-port")) {
            // given
            Map<String, String> flags = flags();
            Path data = directory.resolve("not/yet");
            flags.put("--data-dir", data.toString());
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                flags.put(flag, Integer.toString(taken.getLocalPort()));
                StandaloneSettings settings = StandaloneSettings.read(Map.of(), flags);

                // when / then
                assertThatThrownBy(() -> Standalone.start(settings))
                        .hasMessage("Port " + taken.getLocalPort() + " is in use: choose another with " + flag);
            }
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void shouldReportTheOtherTallyWhenDirectoryAndPortAreInUse() throws Exception {
        // given
        Map<String, String> flags = flags();
        try (DataDirectory other = DataDirectory.take(directory);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            flags.put("--http-port", Integer.toString(taken.getLocalPort()));
            flags.put("--data-dir", other.path().toString());
            StandaloneSettings settings = StandaloneSettings.read(Map.of(), flags);

            // when / then
            assertThatThrownBy(() -> Standalone.start(settings))
                    .hasMessageContaining("is in use by another Tally (pid ");
        }
    }

    @Test
    void shouldRefuseADataDirectoryInUse() {
        // given
        try (DataDirectory taken = DataDirectory.take(directory)) {
            StandaloneSettings settings = StandaloneSettings.read(Map.of(), flags());

            // when / then
            assertThatThrownBy(() -> Standalone.start(settings))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("is in use by another Tally (pid ");
            assertThat(taken.path()).isEqualTo(directory);
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        flags.put("--http-port", "0");
        flags.put("--kafka-port", "0");
        flags.put("--data-dir", directory.toString());
        return flags;
    }

    private Standalone start() throws Exception {
        Standalone tally = Standalone.start(StandaloneSettings.read(Map.of(), flags()));
        try {
            tally.ready().get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            return tally;
        } catch (Exception e) {
            tally.close();
            throw e;
        }
    }

    private void awaitTotal(Standalone tally, long total) {
        Awaitility.await()
                .atMost(WAIT_MAX)
                .untilAsserted(() ->
                        assertThat(get(tally, "/v1/counters/shop/sold").body()).contains("\"total\":" + total + ","));
    }

    private HttpResponse<String> post(Standalone tally, String path, String json) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(tally.installation().http() + path))
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(Standalone tally, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(tally.installation().http() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
