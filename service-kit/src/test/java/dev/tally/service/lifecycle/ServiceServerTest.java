package dev.tally.service.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tally.service.health.CheckResult;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.response.Response;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.HttpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceServerTest {
    private final AtomicReference<CheckResult> kafka = new AtomicReference<>(CheckResult.ready("topic known"));
    private final Checked checked = new Checked();
    private final Metrics metrics = Metrics.start();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = ServiceServer.start(
                new HttpSettings("127.0.0.1", 0), metrics, List.of(new SampleMain.SampleService(), checked));
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void shouldServeTheRoutesOfEveryServiceWhenThereAreSeveral() throws Exception {
        assertThat(get("/v1/sample").body()).isEqualTo("sample");
        assertThat(get("/livez").body()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void shouldBeReadyWhenEveryCheckPasses() throws Exception {
        // when
        HttpResponse<String> answer = get("/readyz");

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"ready\",\"checks\":["
                        + "{\"name\":\"sample\",\"ready\":true,\"detail\":\"as always\"},"
                        + "{\"name\":\"kafka\",\"ready\":true,\"detail\":\"topic known\"}]}");
    }

    @Test
    void shouldNotBeReadyWhenOneCheckFails() throws Exception {
        // given
        kafka.set(CheckResult.notReady("no broker answers"));

        // when
        HttpResponse<String> answer = get("/readyz");

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .startsWith("{\"status\":\"not_ready\"")
                .contains("{\"name\":\"kafka\",\"ready\":false,\"detail\":\"no broker answers\"}");
    }

    @Test
    void shouldNotBeReadyButLiveWhenTheServerCloses() throws Exception {
        // given
        CompletableFuture<HttpResponse<String>> held =
                HttpClient.newHttpClient().sendAsync(request("/v1/held"), HttpResponse.BodyHandlers.ofString());
        Request request = checked.held.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();

        // when
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        HttpResponse<String> ready = await().until(() -> get("/readyz"), answer -> answer.statusCode() == 503);

        // then
        assertThat(ready.body()).contains("{\"name\":\"shutdown\",\"ready\":false,");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/v1/sample").statusCode()).isEqualTo(503);
        request.respond(Response.of(200, "text/plain", "in the end"));
        assertThat(held.get(10, TimeUnit.SECONDS).body()).isEqualTo("in the end");
        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldWriteMetricsOfRequestsAndJvmWhenAsked() throws Exception {
        // given
        get("/v1/sample");

        // when
        HttpResponse<String> answer = get("/metrics");

        // then
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains(
                        "tally_http_requests_seconds_bucket{method=\"GET\",route=\"/v1/sample\",status=\"2xx\",le=\"0.001\"}")
                .contains("tally_http_requests_in_flight ")
                .contains("tally_http_body_bytes ")
                .contains("jvm_memory_used_bytes")
                .contains("jvm_threads_live_threads")
                .contains("process_cpu_usage")
                .contains("jvm_gc_");
    }

    @Test
    void shouldServeOneOpenApiDocumentOfAllServices() throws Exception {
        // when
        HttpResponse<String> answer = get("/openapi.yaml");
        JsonNode document = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(answer.body());

        // then
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(document.path("openapi").asText()).startsWith("3.1.");
        assertThat(names(document.path("paths")))
                .containsExactlyInAnyOrder("/v1/sample", "/livez", "/readyz", "/metrics", "/openapi.yaml");
        assertThat(names(document.path("paths").path("/v1/sample"))).containsExactly("get", "post");
        assertReferencesResolve(document, document);
        assertOperationsAreWhole(document.path("paths"));
    }

    private static void assertReferencesResolve(JsonNode document, JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isTextual()) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
        node.forEach(child -> assertReferencesResolve(document, child));
    }

    private static void assertOperationsAreWhole(JsonNode paths) {
        Set<String> ids = new HashSet<>();
        paths.forEach(path -> path.forEach(operation -> {
            assertThat(ids.add(operation.path("operationId").asText())).isTrue();
            assertThat(operation.path("summary").asText()).isNotBlank();
            assertThat(operation.path("responses").isEmpty()).isFalse();
            operation
                    .path("responses")
                    .forEach(response -> assertThat(response.has("description") || response.has("$ref"))
                            .isTrue());
        }));
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient().send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    }

    private final class Checked implements Service {
        private final BlockingQueue<Request> held = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "checked";
        }

        @Override
        public List<Route> routes() {
            return List.of(new Route("GET", "/v1/held", held::add));
        }

        @Override
        public List<HealthCheck> checks() {
            return List.of(new HealthCheck("kafka", kafka::get));
        }

        @Override
        public OpenApiParts openApi() {
            return SampleOpenApi.with("""
                  /v1/sample:
                    post:
                      summary: The same path, written to
                      operationId: writeSample
                      responses:
                        "202": {description: Accepted.}
                """);
        }

        @Override
        public void close() {}
    }
}
