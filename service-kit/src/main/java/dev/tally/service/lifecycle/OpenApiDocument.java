package dev.tally.service.lifecycle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The OpenAPI document of a process: a header, the paths of its services, the paths of every process, the components. The
 * header and the components are those of the first service. If two services have the same path, one to write and one to
 * read, the path gets the operations of both.
 */
final class OpenApiDocument {
    private static final String PATH_START = "  /";

    private OpenApiDocument() {}

    static String of(List<Service> services) {
        Map<String, StringBuilder> operationsByPath = new LinkedHashMap<>();
        for (Service service : services) {
            collect(service.openApi().paths(), operationsByPath);
        }
        collect(ClassPathText.of(OpenApiDocument.class, "openapi-operational.yaml"), operationsByPath);
        OpenApiParts shared = services.get(0).openApi();
        StringBuilder document = new StringBuilder(shared.header());
        operationsByPath.forEach(
                (path, operations) -> document.append(path).append('\n').append(operations));
        return document.append(shared.components()).toString();
    }

    /** Adds the operations of a fragment. In it, a line that starts with two spaces and a slash is a path. */
    private static void collect(String fragment, Map<String, StringBuilder> operationsByPath) {
        StringBuilder operations = null;
        for (String line : fragment.lines().toList()) {
            if (line.startsWith(PATH_START)) {
                operations = operationsByPath.computeIfAbsent(line.stripTrailing(), path -> new StringBuilder());
            } else if (operations != null) {
                operations.append(line).append('\n');
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("A fragment starts with a path, indented by two spaces: " + line);
            }
        }
    }
}
