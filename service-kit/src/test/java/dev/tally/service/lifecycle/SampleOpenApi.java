package dev.tally.service.lifecycle;

/** The OpenAPI parts of the services of the tests. */
final class SampleOpenApi {
    private static final String HEADER = """
            openapi: 3.1.0
            info: {title: Samples, version: "1"}
            paths:
            """;

    private static final String COMPONENTS = """
            components:
              responses:
                Problem: {description: Refused.}
                Unavailable: {description: Not now.}
              schemas:
                Readiness: {type: object}
            """;

    private SampleOpenApi() {}

    static OpenApiParts with(String paths) {
        return new OpenApiParts(HEADER, paths, COMPONENTS);
    }
}
