package dev.tally.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks how each kind of answer is handled. The system tests check that a real registry gives such answers. */
class ConfluentRegistryTest {
    private static final String NOT_FOUND = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private Registry registry;
    private volatile Script script = request -> new Reply(404, NOT_FOUND);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        registry = ConfluentRegistry.connect(
                RegistryProperties.of(Map.of("schema.registry.url", url(), "basic.auth.user.info", "tally:hush")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        requests.add(request);
        exchange.getRequestBody().readAllBytes();
        Reply reply = script.reply(request);
        if (reply.status == 0) {
            return; // no answer
        }
        byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void shouldReadASchemaById() {
        // given
        script = request -> new Reply(200, "{\"schema\":\"{\\\"type\\\":\\\"long\\\"}\"}");

        // then
        assertThat(registry.schema(5)).isEqualTo(Schema.create(Schema.Type.LONG));
        assertThat(requests).containsExactly("GET /schemas/ids/5");
    }

    @Test
    void shouldReadASchemaThatRefersToAnother() {
        // given
        script = request -> request.startsWith("GET /schemas/ids/")
                ? new Reply(
                        200,
                        "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"a.B\\\"}\","
                                + "\"references\":[{\"name\":\"a.B\",\"subject\":\"b\",\"version\":3}]}")
                : new Reply(
                        200,
                        "{\"subject\":\"b\",\"version\":3,\"id\":9,\"schema\":"
                                + "\"{\\\"type\\\":\\\"enum\\\",\\\"name\\\":\\\"a.B\\\",\\\"symbols\\\":[]}\"}");

        // then
        assertThat(registry.schema(5).getElementType().getFullName()).isEqualTo("a.B");
        assertThat(requests).last().isEqualTo("GET /subjects/b/versions/3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error_code\":40403,\"message\":\"Schema not found\"}",
                "200 | {\"schema\":\"syntax = proto3\",\"schemaType\":\"PROTOBUF\"}",
                "200 | {\"schema\":\"no schema at all\"}",
            })
    void shouldReturnNullWhenTheRegistryHasNoSuchAvroSchema(int status, String body) {
        // given
        script = request -> new Reply(status, body);

        // then
        assertThat(registry.schema(5)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | <html>no such page</html>",
                "404 | {\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
                "404 | ''",
                "401 | ''",
                "403 | {\"error_code\":403,\"message\":\"Forbidden\"}",
                "429 | {\"error_code\":42901,\"message\":\"slower\"}",
                "500 | {\"error_code\":50001,\"message\":\"Error in the backend data store\"}",
                "503 | <html>",
                "200 | <html>a page to log in</html>",
            })
    void shouldBeUnavailableWhenTheResponseIsNoDefiniteAnswer(int status, String body) {
        // given
        script = request -> new Reply(status, body);

        // then
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> registry.schema(5))
                .withMessageStartingWith("The schema registry " + url())
                .withMessageNotContaining("hush");
    }

    @Test
    void shouldTimeOutWhenTheRegistryHangs() {
        // given
        script = request -> new Reply(0, "");
        long start = System.nanoTime();

        // then
        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> registry.schema(5));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void shouldBeUnavailableWhenTheConnectionIsRefused() {
        // given
        server.stop(0);

        // then
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> registry.register("s", List.of("{}")))
                .withMessageContaining("cannot be reached");
    }

    @Test
    void shouldSetTheCompatibilityBeforeItRegisters() {
        // given
        script = request -> switch (request) {
            case "GET /config/s" -> new Reply(404, "{\"error_code\":40408,\"message\":\"no config\"}");
            case "PUT /config/s" -> new Reply(200, "{\"compatibility\":\"BACKWARD\"}");
            default -> new Reply(200, "{\"id\":12}");
        };

        // then
        assertThat(registry.register("s", List.of("\"long\"", "\"int\""))).isEqualTo(12);
        assertThat(requests)
                .containsExactly(
                        "GET /config/s", "PUT /config/s", "POST /subjects/s/versions", "POST /subjects/s/versions");
    }

    @Test
    void shouldKeepTheCompatibilityLevelWhenItIsStricter() {
        // given
        script = request -> request.startsWith("GET")
                ? new Reply(200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}")
                : new Reply(200, "{\"id\":12}");

        // then
        assertThat(registry.register("s", List.of("\"long\""))).isEqualTo(12);
        assertThat(requests).containsExactly("GET /config/s", "POST /subjects/s/versions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409 | {\"error_code\":409,\"message\":\"Schema being registered\\nis incompatible\"} | not compatible with this version of Tally (Schema being registered is incompatible",
                "401 | {\"error_code\":401,\"message\":\"Unauthorized\"} | does not allow this user to register schemas of s (401)",
                "403 | {\"error_code\":403,\"message\":\"Forbidden\"} | does not allow this user to register schemas of s (403)",
                "422 | {\"error_code\":42201,\"message\":\"Invalid schema\"} | refuses the schemas of s (Invalid schema",
            })
    void shouldRefuseInOneSentenceWhenTheErrorIsPermanent(int status, String body, String sentence) {
        // given
        script = request -> request.startsWith("POST") ? new Reply(status, body) : new Reply(200, "{}");

        // then
        assertThatExceptionOfType(RegistryRefusedException.class)
                .isThrownBy(() -> registry.register("s", List.of("\"long\"")))
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "hush"));
    }

    @Test
    void shouldRefuseInOneSentenceWhenTheTruststoreCannotBeRead() {
        assertThatExceptionOfType(RegistryRefusedException.class)
                .isThrownBy(() -> SchemaDirectory.open(Map.of(
                        "schema.registry.url",
                        "https://x",
                        "schema.registry.ssl.truststore.location",
                        "/no/such/file",
                        "schema.registry.ssl.truststore.password",
                        "hush")))
                .withMessageStartingWith("The truststore /no/such/file for the schema registry cannot be read")
                .withMessageNotContaining("hush");
    }

    private interface Script {
        Reply reply(String request);
    }

    /** @param status 0 for no answer */
    private record Reply(int status, String body) {}
}
