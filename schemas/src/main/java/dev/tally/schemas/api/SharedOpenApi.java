package dev.tally.schemas.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The parts of the OpenAPI document that are the same in each process, as YAML. Between them are the paths. */
public final class SharedOpenApi {
    private SharedOpenApi() {}

    /** The start of the document, up to the line {@code paths:}. */
    public static String header() {
        return resource("openapi-header.yaml");
    }

    /** The end of the document: parameters, responses and schemas to which the paths refer. */
    public static String components() {
        return resource("openapi-components.yaml");
    }

    private static String resource(String name) {
        try (InputStream stream = SharedOpenApi.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
