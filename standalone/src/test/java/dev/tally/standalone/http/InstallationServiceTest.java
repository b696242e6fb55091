package dev.tally.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.http.HttpServer;
import dev.tally.service.lifecycle.ServiceServer;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.testkit.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationServiceTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = Metrics.start();
    private final InstallationService service = InstallationService.open(
            () -> new Installation(
                    "0.1.0",
                    "http://127.0.0.1:8080",
                    "127.0.0.1:9092",
                    "/data/<b>{kafka}",
                    List.of("scripts/tally hit a/b")),
            RegistrySettings.read(Environment.of(SettingNames.ALL, Map.of(), Map.of())));
    private final HttpServer server = ServiceServer.start(new HttpSettings("127.0.0.1", 0), metrics, List.of(service));

    @AfterEach
    void close() {
        server.close();
        service.close();
        metrics.close();
    }

    @Test
    void shouldServeTheReleasedSchemas() throws Exception {
        // when
        HttpResponse<String> response = get("/schemas/ids/2130706433?fetchMaxId=false&subject=x");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        assertThat(response.body()).startsWith("{\"schema\":\"{").contains("\\\"name\\\": \\\"CounterEvent\\\"");
    }

    @ParameterizedTest
    @CsvSource({"1", "0", "-1", "x", "2130706435", "99999999999"})
    void shouldAnswerAsASchemaRegistryWhenThereIsNoSchema(String id) throws Exception {
        // when
        HttpResponse<String> response = get("/schemas/ids/" + id);

        // then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error_code\":40403,\"message\":\"Schema not found\"}");
    }

    @Test
    void shouldServeTheHomePage() throws Exception {
        // when
        HttpResponse<String> response = get("/");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(response.body())
                .contains("<dd>0.1.0</dd>", "<dd>http://127.0.0.1:8080</dd>", "<dd>127.0.0.1:9092</dd>")
                .contains("<dd>/data/&lt;b&gt;&#123;kafka}</dd>")
                .contains("<pre>scripts/tally hit a/b</pre>")
                .contains("href=\"/readyz\"", "href=\"/metrics\"", "href=\"/openapi.yaml\"")
                .doesNotContain("{commands}", "src=");
    }

    @Test
    void shouldDescribeItself() throws Exception {
        assertThat(get("/openapi.yaml").body()).contains("  /:", "/schemas/ids/{id}:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/schemas/ids/1"})
    void shouldRefuseAForeignHost(String target) throws Exception {
        // when
        RawClient.Answer response = RawClient.exchange(server.port(), "GET", target, "evil.example");

        // then
        assertThat(response.status()).isEqualTo(421);
        assertThat(response.text()).contains("\"code\":\"misdirected\"");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
