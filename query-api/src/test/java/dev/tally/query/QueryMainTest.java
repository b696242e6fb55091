package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.ReadResult;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.SettingsException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** query-api as a separate process, with two instances of counter-streams. */
class QueryMainTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldFindEachCountersOwner() throws Exception {
        try (FakeStreams even = new FakeStreams();
                FakeStreams odd = new FakeStreams()) {
            // given
            even.saysOwnersAre(12, even.endpoint(), odd.endpoint());
            even.answers(name -> FakeStreams.found(100, partition(name)));
            odd.answers(name -> FakeStreams.found(101, partition(name)));
            QuerySettings settings = new QuerySettings(new HttpSettings("127.0.0.1", 0), List.of(even.endpoint()));

            try (ServiceProcess process = QueryMain.start(settings)) {
                String url = process.server().url();
                Awaitility.await().until(() -> get(url + "/readyz").statusCode() == 200);

                for (int i = 0; i < 50; i++) {
                    // when
                    HttpResponse<String> response = get(url + "/v1/counters/demo/c" + i);

                    // then
                    int partition = partition(CounterName.of("demo", "c" + i));
                    assertThat(response.statusCode()).isEqualTo(200);
                    assertThat(response.body())
                            .contains("\"total\":" + (100 + partition % 2) + ",")
                            .contains("\"receipt\":\"" + partition + "-17\"");
                }
                assertThat(get(url + "/openapi.yaml").body()).doesNotContain("/schemas/ids");
                assertThat(get(url + "/schemas/ids/1").statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void shouldAskEachOwnerForManyTotalsAtOnceAndAloneForThoseOnItsDisk() throws Exception {
        try (FakeStreams even = new FakeStreams();
                FakeStreams odd = new FakeStreams()) {
            // given
            even.saysOwnersAre(12, even.endpoint(), odd.endpoint());
            for (FakeStreams each : List.of(even, odd)) {
                each.answers(name -> FakeStreams.found(Integer.parseInt(name.counter()), partition(name)))
                        .hasOnDisk(name -> name.counter().endsWith("0"));
            }
            QuerySettings settings = new QuerySettings(new HttpSettings("127.0.0.1", 0), List.of(even.endpoint()));

            try (ServiceProcess process = QueryMain.start(settings)) {
                String url = process.server().url();
                Awaitility.await().until(() -> get(url + "/readyz").statusCode() == 200);

                // when
                String counters = IntStream.range(0, 1_000)
                        .mapToObj(i -> "\"demo/" + i + "\"")
                        .collect(Collectors.joining(",", "{\"counters\":[", "]}"));
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/v1/counters:lookup"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(counters))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                HttpResponse<String> onDisk = get(url + "/v1/counters/demo/120");

                // then
                assertThat(response.body().split("\"status\":\"found\"", -1)).hasSize(1_001);
                assertThat(response.body()).contains("\"total\":7,", "\"total\":990,");
                assertThat(onDisk.body()).contains("\"total\":120,");
                assertThat(even.reads() + odd.reads()).isEqualTo(1_001);
                assertThat(even.jointRequests() + odd.jointRequests()).isBetween(1, 800);
            }
        }
    }

    @Test
    void shouldAskTheOwnersForMoreThanTotals() throws Exception {
        try (FakeStreams even = new FakeStreams();
                FakeStreams odd = new FakeStreams()) {
            // given: each partition has one counter, named after it
            even.saysOwnersAre(3, even.endpoint(), odd.endpoint());
            for (FakeStreams each : List.of(even, odd)) {
                each.answersPages((partition, page) -> new ReadResult.Found<>(
                                new CounterPage(
                                        List.of(new CounterPage.Entry("c" + partition, partition, Instant.EPOCH)),
                                        null),
                                FakeStreams.asOf(partition)))
                        .answersHistories((name, range) -> new ReadResult.Found<>(
                                new History(0L, List.of(new History.Bucket(range.from(), BigInteger.TEN))),
                                FakeStreams.asOf(Placement.partition(name.key(), 3))))
                        .answersExplanations(
                                name -> new ReadResult.Unknown<>(FakeStreams.asOf(Placement.partition(name.key(), 3))));
            }
            QuerySettings settings = new QuerySettings(new HttpSettings("127.0.0.1", 0), List.of(even.endpoint()));

            try (ServiceProcess process = QueryMain.start(settings)) {
                String counters = process.server().url() + "/v1/counters/demo";
                Awaitility.await()
                        .until(() -> get(process.server().url() + "/readyz").statusCode() == 200);

                // when, then
                assertThat(get(counters).body())
                        .containsSubsequence("\"c0\"", "\"c1\"", "\"c2\"", "\"receipt\":\"0-17,1-17,2-17\"");
                assertThat(get(counters + "?sort=-total&limit=2").body())
                        .containsSubsequence("\"c2\"", "\"c1\"")
                        .doesNotContain("\"c0\"");
                assertThat(get(counters + "/hello/history").body()).contains("\"delta\":10}");
                assertThat(get(counters + "/hello/explain").body()).contains("\"code\":\"unknown_counter\"");
                odd.answersPages((partition, page) -> new ReadResult.NotReady<>("restoring"));
                assertThat(get(counters).body())
                        .contains("\"code\":\"incomplete\"", "\"detail\":\"partition 1: restoring\"");
            }
        }
    }

    @Test
    void shouldStartWhenNoInstanceIsAvailable() throws Exception {
        // given
        QuerySettings settings = new QuerySettings(new HttpSettings("127.0.0.1", 0), List.of("127.0.0.1:1"));

        try (ServiceProcess process = QueryMain.start(settings)) {
            // when
            HttpResponse<String> total = get(process.server().url() + "/v1/counters/demo/hello");

            // then
            assertThat(total.statusCode()).isEqualTo(503);
            assertThat(total.body()).contains("\"code\":\"not_ready\"");
            assertThat(get(process.server().url() + "/v1/counters/demo").body()).contains("\"code\":\"not_ready\"");
            assertThat(get(process.server().url() + "/livez").statusCode()).isEqualTo(200);
            assertThat(get(process.server().url() + "/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void shouldReadItsSettings() {
        // given
        Environment environment = Environment.of(SettingNames.ALL, Map.of("TALLY_QUERY_STREAMS", "a:1, b:2"), Map.of());

        // when
        QuerySettings settings = QuerySettings.read(environment);

        // then
        environment.verify();
        assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 8081));
        assertThat(settings.streams()).containsExactly("a:1", "b:2");
    }

    @Test
    void shouldRefuseSettingsThatAreWrong() {
        // given
        Environment environment = Environment.of(SettingNames.ALL, Map.of("TALLY_QUERY_STREAMS", "a"), Map.of());
        QuerySettings.read(environment);

        // when, then
        assertThatThrownBy(environment::verify).isInstanceOf(SettingsException.class);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int partition(CounterName name) {
        return Placement.partition(name.key(), 12);
    }
}
