package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Http;
import dev.tally.system.harness.PartsSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One request that passes from service to service. Its ID is in the logs of every service and in Kafka. */
class RequestIdIT {
    private static final String ID = "till-3.4711";
    private static final JsonMapper JSON = new JsonMapper();

    private static final PartsSystem SYSTEM =
            new PartsSystem("request-id", Map.of("TALLY_LOG_FORMAT", "json", "TALLY_LOG_REQUESTS", "info"));

    @BeforeAll
    static void start() {
        SYSTEM.start();
    }

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    @Test
    void shouldFindOneIdInTheLogsOfAllServicesAndInTheTopics() throws IOException {
        // given
        URI counter = SYSTEM.writeUrl().resolve("/v1/counters/shop/sold");

        // when
        Answer counted = Http.sendAs(ID, "POST", counter.resolve("sold?wait=20s"));
        put(counter, Long.MAX_VALUE);
        Answer overflow = Http.sendAs("refused-1", "POST", counter.resolve("sold?wait=20s"));
        String made = made(counter, "");

        // then
        assertThat(counted.status()).as(counted.toString()).isEqualTo(200);
        assertThat(counted.headers().firstValue("X-Request-Id")).hasValue(ID);
        assertThat(overflow.code()).as(overflow.toString()).isEqualTo("overflow");
        for (String service : List.of(PartsSystem.INGEST, PartsSystem.QUERY, PartsSystem.STREAMS)) {
            await("the id in the log of " + service).until(() -> hasLogged(service, ID));
        }
        assertThat(lines("events", "shop/sold"))
                .first()
                .satisfies(event -> assertThat(requestId(event)).isEqualTo(ID));
        await("both events that overflow")
                .until(() -> lines("rejected", "shop/sold").size() == 2);
        assertThat(lines("rejected", "shop/sold"))
                .extracting(RequestIdIT::requestId)
                .containsExactly("refused-1", made);
        SYSTEM.processes().forEach((name, process) -> {
            if (!name.equals(PartsSystem.BROKER)) {
                assertThat(process.err().lines())
                        .as(name)
                        .allSatisfy(line -> assertThat(json(line).isObject()).isTrue());
            }
        });
    }

    @Test
    void shouldNameTheRequestOfEachEventThoughItsIdWasMadeHereAndOthersCameBetween() throws IOException {
        // given
        URI events = SYSTEM.writeUrl().resolve("/v1/events");
        String many = "{\"namespace\":\"shop\",\"counter\":\"many\"}\n".repeat(500);

        // when
        List<String> ids = IntStream.range(0, 8)
                .parallel()
                .mapToObj(request -> made(events, many))
                .toList();

        // then
        Map<String, Long> named = lines("events", "shop/many").stream()
                .collect(Collectors.groupingBy(RequestIdIT::requestId, Collectors.counting()));
        assertThat(named).isEqualTo(ids.stream().collect(Collectors.toMap(id -> id, id -> 500L)));
    }

    private static void put(URI counter, long total) throws IOException {
        Answer put =
                Http.send("PUT", counter, BodyPublishers.ofString("{\"total\":" + total + "}"), "application/json");
        assertThat(put.status()).isEqualTo(202);
    }

    /** Writes without a request ID, and returns the generated one. */
    private static String made(URI target, String body) {
        try {
            Answer answer = Http.post(target, body, body.isEmpty() ? "" : "application/x-ndjson");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            return answer.headers().firstValue("X-Request-Id").orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasLogged(String service, String requestId) {
        return SYSTEM.processes()
                .get(service)
                .err()
                .lines()
                .anyMatch(line ->
                        json(line).path("mdc").path("requestId").asText().equals(requestId));
    }

    private static List<JsonNode> lines(String command, String counter) {
        return SYSTEM.tally(command, counter, "--json").orFail().lines().stream()
                .map(RequestIdIT::json)
                .toList();
    }

    private static String requestId(JsonNode line) {
        return line.path("requestId").asText();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
