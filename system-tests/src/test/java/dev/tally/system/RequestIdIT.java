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
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One request, asked from service to service, found by its id in the logs of all and in Kafka. */
class RequestIdIT {
    private static final String ID = "till-3.4711";
    private static final JsonMapper JSON = new JsonMapper();

    private final PartsSystem system =
            new PartsSystem("request-id", Map.of("TALLY_LOG_FORMAT", "json", "TALLY_LOG_REQUESTS", "info"));

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldFindOneIdInTheLogsOfAllServicesAndInTheTopics() throws IOException {
        // given
        system.start();

        // when
        URI counter = system.writeUrl().resolve("/v1/counters/shop/sold");
        Answer counted = Http.sendAs(ID, "POST", counter.resolve("sold?wait=20s"));
        put(counter, Long.MAX_VALUE);
        Answer overflow = Http.sendAs("refused-1", "POST", counter.resolve("sold?wait=20s"));

        // then
        assertThat(counted.status()).as(counted.toString()).isEqualTo(200);
        assertThat(counted.headers().firstValue("X-Request-Id")).hasValue(ID);
        assertThat(overflow.code()).as(overflow.toString()).isEqualTo("overflow");
        for (String service : List.of(PartsSystem.INGEST, PartsSystem.QUERY, PartsSystem.STREAMS)) {
            await("the id in the log of " + service).until(() -> hasLogged(service, ID));
        }
        assertThat(lines("events"))
                .first()
                .satisfies(event -> assertThat(requestId(event)).isEqualTo(ID));
        assertThat(lines("rejected"))
                .singleElement()
                .satisfies(event -> assertThat(requestId(event)).isEqualTo("refused-1"));
        system.processes().forEach((name, process) -> {
            if (!name.equals(PartsSystem.BROKER)) {
                assertThat(process.err().lines())
                        .as(name)
                        .allSatisfy(line -> assertThat(json(line).isObject()).isTrue());
            }
        });
    }

    private static void put(URI counter, long total) throws IOException {
        Answer put =
                Http.send("PUT", counter, BodyPublishers.ofString("{\"total\":" + total + "}"), "application/json");
        assertThat(put.status()).isEqualTo(202);
    }

    private boolean hasLogged(String service, String requestId) {
        return system.processes()
                .get(service)
                .err()
                .lines()
                .anyMatch(line ->
                        json(line).path("mdc").path("requestId").asText().equals(requestId));
    }

    private List<JsonNode> lines(String command) {
        return system.tally(command, "--json").orFail().lines().stream()
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
