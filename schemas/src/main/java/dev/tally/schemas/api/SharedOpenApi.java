package dev.tally.schemas.api;

import dev.tally.schemas.utf8.ClassPathText;

/** The parts of the OpenAPI document that are the same in each process, as YAML. Between them are the paths. */
public final class SharedOpenApi {
    private SharedOpenApi() {}

    /** The start of the document, up to the line {@code paths:}. */
    public static String header() {
        return ClassPathText.of(SharedOpenApi.class, "openapi-header.yaml");
    }

    /** The end of the document: parameters, responses and schemas to which the paths refer. */
    public static String components() {
        return ClassPathText.of(SharedOpenApi.class, "openapi-components.yaml");
    }
}
