package dev.tally.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in README.md compiles and runs, and the packages and classes that it names exist. */
class ReadmeTest {
    private static final Path MAIN = Path.of("src/main/java/dev/tally/service");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("`dev\\.tally\\.service\\.([a-z.]+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)(?:\\.[a-z][A-Za-z]*)?`");

    private final String readme = Files.readString(Path.of("README.md"));

    ReadmeTest() throws IOException {}

    @Test
    void shouldShowCodeThatIsCompiled() throws IOException {
        // given
        String code = squeezed(Files.readString(Path.of("src/test/java/dev/tally/service/EchoService.java")));

        // when
        List<String> blocks =
                BLOCK.matcher(readme).results().map(block -> block.group(1)).toList();

        // then
        assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(code).contains(squeezed(block)));
    }

    @Test
    void shouldShowCodeThatDoesWhatItIsShownFor() throws Exception {
        try (ServiceProcess process =
                ServiceProcess.start(new HttpSettings("127.0.0.1", 0), registry -> new EchoService())) {
            String url = process.server().url() + "/v1/echo/";

            // when, then
            assertThat(post(url + "a%2Fb", "{\"times\":3}").body()).isEqualTo("{\"name\":\"a/b\",\"times\":3}");
            assertThat(post(url + "a?wait=1s", "{}").body()).contains("\"not_supported\"");
            assertThat(post(url + "a?x=1", "{}").body()).contains("\"invalid_parameter\"");
            assertThat(post(url + "%ff", "{}").body()).contains("\"invalid_name\"");
            assertThat(post(url + "a", "{").body()).contains("\"invalid_json\"");
            assertThat(post(url + "a", "{\"x\":1}").body()).contains("\"unknown_field\"");
            assertThat(post(url + "a", "{\"times\":\"1\"}").body()).contains("\"invalid_value\"");
            assertThat(post(url + "a", " ".repeat(17 << 10)).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void shouldNameEveryPackageAndOnlyClassesThatThereAre() throws IOException {
        // given
        try (Stream<Path> packages = Files.walk(MAIN);
                Stream<Path> files = Files.walk(MAIN)) {
            Set<String> classes = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .collect(Collectors.toSet());

            // then
            assertThat(found(PACKAGE))
                    .isEqualTo(packages.filter(Files::isDirectory)
                            .filter(each -> !each.equals(MAIN))
                            .map(each -> MAIN.relativize(each).toString().replace('/', '.'))
                            .collect(Collectors.toCollection(TreeSet::new)));
            classes.add("Host"); // a header
            assertThat(found(CLASS)).isNotEmpty().isSubsetOf(classes);
        }
    }

    private Set<String> found(Pattern pattern) {
        return pattern.matcher(readme)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static HttpResponse<String> post(String url, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
