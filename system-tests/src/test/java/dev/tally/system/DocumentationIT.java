package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Http;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.SharedSystems;
import dev.tally.system.harness.TallySystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The documentation matches the system: the served OpenAPI documents and the commands of the README. */
@ExtendWith(SharedSystems.class)
@ParameterizedClass
@EnumSource(
        value = SetUp.class,
        names = {"UP", "PARTS"})
class DocumentationIT {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final Set<String> PUBLIC = Set.of(
            "POST /v1/counters/{namespace}/{counter}",
            "PUT /v1/counters/{namespace}/{counter}",
            "DELETE /v1/counters/{namespace}/{counter}",
            "POST /v1/events",
            "GET /v1/counters/{namespace}/{counter}",
            "GET /v1/counters/{namespace}/{counter}/history",
            "GET /v1/counters/{namespace}/{counter}/explain",
            "GET /v1/counters/{namespace}",
            "POST /v1/counters:lookup");
    private static final Set<String> EVERYWHERE =
            Set.of("GET /livez", "GET /readyz", "GET /metrics", "GET /openapi.yaml");
    private static final Pattern COMMAND = Pattern.compile("^\\s*(?:\\$ )?scripts/tally ([a-z-]+)", Pattern.MULTILINE);
    private static final Pattern CODE_BLOCK = Pattern.compile("```.*?\n(.*?)```", Pattern.DOTALL);

    @Parameter
    SetUp setUp;

    @Test
    void shouldServeWhatItsDocumentsListAndNothingElse() throws IOException {
        // given
        TallySystem system = SharedSystems.of(setUp);
        Set<String> documented = new TreeSet<>();

        // when
        for (Map.Entry<String, URI> service : system.services().entrySet()) {
            Set<String> own = documented(service.getValue());
            assertThat(own).as(service.getKey()).containsAll(EVERYWHERE);
            checkEach(service.getKey(), service.getValue(), own);
            documented.addAll(own);
        }

        // then
        assertThat(documented).containsAll(PUBLIC);
        assertThat(documented).noneMatch(operation -> operation.endsWith("/live") || operation.contains("/internal/"));
        assertCommandsOfTheReadmeExist();
        Options.say("documentation, %s: %d operations documented and served", setUp, documented.size());
    }

    private static Set<String> documented(URI service) throws IOException {
        Answer answer = Http.get(service.resolve("/openapi.yaml"));
        assertThat(answer.status()).isEqualTo(200);
        JsonNode document = new YAMLMapper().readTree(answer.body());
        assertThat(document.path("openapi").asText()).startsWith("3.");
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method.toUpperCase(Locale.ROOT))) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    /** A documented method is served. On the same path, a method that is not documented is refused with 405. */
    private static void checkEach(String name, URI service, Set<String> documented) throws IOException {
        for (String operation : documented) {
            String path = operation.substring(operation.indexOf(' ') + 1);
            URI url = service.resolve(path.replaceAll("\\{[a-z]+}", "documentation"));
            for (String method : METHODS) {
                Answer answer = Http.send(method, url, BodyPublishers.noBody(), "");
                boolean served = answer.status() != 405 && !answer.code().equals("not_found");
                assertThat(served)
                        .as(name + ": " + method + " " + url + " gives " + answer.status())
                        .isEqualTo(documented.contains(method + " " + path));
            }
        }
    }

    private static void assertCommandsOfTheReadmeExist() throws IOException {
        String help = CommandRun.tally(Map.of(), List.of("--help"), "").orFail().out();
        String readme = Files.readString(Repository.root().resolve("README.md"));
        Set<String> commands = new TreeSet<>();
        CODE_BLOCK
                .matcher(readme)
                .results()
                .forEach(block ->
                        COMMAND.matcher(block.group(1)).results().forEach(command -> commands.add(command.group(1))));
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            assertThat(help).containsPattern("(?m)^\\s+" + command + "\\b");
        }
    }
}
