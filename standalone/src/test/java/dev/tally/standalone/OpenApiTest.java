package dev.tally.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tally.ingest.http.IngestRoutes;
import dev.tally.query.QueryService;
import dev.tally.schemas.api.SharedOpenApi;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.standalone.http.InstallationService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The shared parts of the OpenAPI document go together with the paths of the services. */
class OpenApiTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void shouldContainWhatThePathsOfEachServiceReferTo() throws IOException {
        for (String paths : new String[] {
            IngestRoutes.openApiPaths(),
            text(QueryService.class, "openapi-read.yaml"),
            text(InstallationService.class, "openapi-standalone.yaml")
        }) {
            // when
            JsonNode document = document(paths);

            // then
            assertThat(document.path("paths").isEmpty()).isFalse();
            assertReferencesResolve(document, document);
        }
    }

    @Test
    void shouldListExactlyTheCodesThatThereAre() throws IOException {
        assertThat(document("")
                        .at("/components/schemas/Problem/properties/code/enum")
                        .valueStream())
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        ErrorCodes.ALL.stream().map(ErrorCode::code).toList());
    }

    private static JsonNode document(String paths) throws IOException {
        return YAML.readTree(SharedOpenApi.header() + paths + SharedOpenApi.components());
    }

    private static String text(Class<?> service, String name) throws IOException {
        try (InputStream paths = Objects.requireNonNull(service.getResourceAsStream(name))) {
            return new String(paths.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertReferencesResolve(JsonNode document, JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isTextual()) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
        node.forEach(child -> assertReferencesResolve(document, child));
    }
}
