package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tally.system.docs.Pages;
import dev.tally.system.docs.ReadmeEndpoints;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** README.md lists the operations of the OpenAPI documents. {@code DocumentationIT} tests that these are served. */
class EndpointsInReadmeTest {
    private static final List<String> FRAGMENTS = List.of(
            "ingest-api/src/main/resources/dev/tally/ingest/http/openapi-paths.yaml",
            "query-api/src/main/resources/dev/tally/query/openapi-read.yaml",
            "service-kit/src/main/resources/dev/tally/service/lifecycle/openapi-operational.yaml");

    @Test
    void shouldListInTheReadmeWhatTheOpenApiDocumentsListAndNothingElse() throws IOException {
        // given
        Set<String> documented = new TreeSet<>();
        for (String fragment : FRAGMENTS) {
            JsonNode paths = new YAMLMapper().readTree("paths:\n" + Pages.text(Pages.of(fragment)));
            for (Map.Entry<String, JsonNode> path : paths.path("paths").properties()) {
                path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
            }
        }

        // then
        assertThat(documented).isNotEmpty();
        assertThat(ReadmeEndpoints.operations()).isEqualTo(documented);
    }
}
