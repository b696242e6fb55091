package dev.tally.query.http;

import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.JsonWriter;
import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /schemas/ids/{id}}: the released schemas, in the words of a Confluent schema registry, so that its clients can
 * read the topics of a Tally that has none. Query parameters are ignored: those clients send theirs.
 */
public final class ReadSchemaHandler implements Endpoint {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SCHEMA_NOT_FOUND = 40403;

    @Override
    public void handle(Request request) {
        String text = schema(request.pathParameter("id"));
        JsonWriter json = new JsonWriter().beginObject();
        if (text != null) {
            json.name("schema").value(text);
        } else {
            json.name("error_code").value(SCHEMA_NOT_FOUND).name("message").value("Schema not found");
        }
        request.respond(Response.of(
                text == null ? 404 : 200, CONTENT_TYPE, json.endObject().toBytes()));
    }

    private static @Nullable String schema(String id) {
        try {
            return ReleasedSchemas.get().text(Integer.parseInt(id));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
