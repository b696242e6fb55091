package dev.tally.service.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The OpenAPI document of a process: a header, the paths of its services, the paths every process has, the components. */
final class OpenApiDocument {
    private OpenApiDocument() {}

    static String of(List<Service> services) {
        StringBuilder document = new StringBuilder(resource("openapi-header.yaml"));
        for (Service service : services) {
            append(document, service.openApiPaths());
        }
        append(document, resource("openapi-operational.yaml"));
        append(document, resource("openapi-components.yaml"));
        return document.toString();
    }

    private static void append(StringBuilder document, String part) {
        document.append(part);
        if (!part.isEmpty() && !part.endsWith("\n")) {
            document.append('\n');
        }
    }

    private static String resource(String name) {
        try (InputStream stream = OpenApiDocument.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
