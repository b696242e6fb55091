package dev.tally.standalone.http;

import dev.tally.schemas.registry.RegistryUnavailableException;
import dev.tally.schemas.registry.SchemaAnswer;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /schemas/ids/{id}}: the released schemas and, if there is a registry, those of the registry. The response
 * has the form of a Confluent schema registry, so that its clients can read the topics of a Tally without a registry.
 * Query parameters are ignored, because those clients send their own.
 */
final class ReadSchemaHandler implements Endpoint {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int UNAVAILABLE = 503;

    private final SchemaDirectory schemas;

    ReadSchemaHandler(SchemaDirectory schemas) {
        this.schemas = schemas;
    }

    @Override
    public void handle(Request request) {
        Integer id = number(request.pathParameter("id"));
        if (id == null) {
            request.respond(error(404, SCHEMA_NOT_FOUND, "Schema not found"));
        } else if (!(schemas.ask(id) instanceof SchemaAnswer.Pending pending)) {
            request.respond(answer(id));
        } else if (pending.problem() != null) {
            request.respond(error(UNAVAILABLE, UNAVAILABLE, pending.problem()));
        } else {
            request.offload(same -> same.respond(answer(id))); // waits for the registry, for a bounded time
        }
    }

    private Response answer(int id) {
        try {
            String text = schemas.text(id);
            return text == null
                    ? error(404, SCHEMA_NOT_FOUND, "Schema not found")
                    : response(
                            200, new JsonWriter().beginObject().name("schema").value(text));
        } catch (RegistryUnavailableException e) {
            return error(UNAVAILABLE, UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Response error(int status, int code, String message) {
        return response(
                status,
                new JsonWriter()
                        .beginObject()
                        .name("error_code")
                        .value(code)
                        .name("message")
                        .value(message));
    }

    private static Response response(int status, JsonWriter json) {
        return Response.of(status, CONTENT_TYPE, json.endObject().toBytes());
    }

    private static @Nullable Integer number(String id) {
        try {
            return Integer.valueOf(id);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
