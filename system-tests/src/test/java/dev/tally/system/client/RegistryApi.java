package dev.tally.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tally.schemas.wire.ReleasedSchemas;
import java.io.IOException;
import java.net.URI;

/** The HTTP API of a schema registry, called without a registry client library. */
public final class RegistryApi {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String url;

    /** @param url the base URL for clients of a Confluent registry */
    public RegistryApi(String url) {
        this.url = url;
    }

    /** {@code CounterEvent} as a later version of Tally might write it: with one additional field at the end. */
    public static String eventWithOneFieldMore(String field) throws IOException {
        ReleasedSchemas released = ReleasedSchemas.get();
        ObjectNode schema = (ObjectNode) MAPPER.readTree(released.text(released.eventId()));
        schema.withArray("/fields").add(MAPPER.readTree("{\"name\":\"" + field + "\",\"type\":\"int\",\"default\":0}"));
        return schema.toString();
    }

    /** Registers a schema, and returns its ID. */
    public int register(String subject, String schema) throws IOException {
        String body = MAPPER.createObjectNode().put("schema", schema).toString();
        Answer answer = Http.post(URI.create(url + "/subjects/" + subject + "/versions"), body, JSON);
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().path("id").asInt();
    }

    /** The ID of the latest schema of a subject. */
    public int latestId(String subject) throws IOException {
        return get("/subjects/" + subject + "/versions/latest").path("id").asInt();
    }

    /** The compatibility level that is set for the subject itself. */
    public String level(String subject) throws IOException {
        return get("/config/" + subject).path("compatibilityLevel").asText();
    }

    private JsonNode get(String path) throws IOException {
        Answer answer = Http.get(URI.create(url + path));
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json();
    }
}
