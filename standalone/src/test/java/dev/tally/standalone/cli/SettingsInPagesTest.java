package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.standalone.ErrorCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation names no unknown setting. {@code SettingsPageTest} checks that every setting is listed. */
class SettingsInPagesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** Does not match a name that ends in an underscore, also before dots. Such a name stands for several settings. */
    private static final Pattern NAME = Pattern.compile("\\bTALLY_[A-Z0-9_]*[A-Z0-9]\\b(?!_)");

    private static final String KAFKA_PROPERTIES = "TALLY_KAFKA_";

    /** Unknown names that the pages mention as examples of what is refused. */
    private static final Set<String> EXAMPLES = Set.of("TALLY_SERVICE_HOST");

    @Test
    void shouldNameOnlyKnownSettings() throws IOException {
        // when
        Set<String> unknown = new TreeSet<>();
        for (Path page : pages()) {
            NAME.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group())
                    .filter(name -> !SettingNames.ALL.contains(name)
                            && !name.startsWith(KAFKA_PROPERTIES)
                            && !EXAMPLES.contains(name))
                    .forEach(name -> unknown.add(name + " in " + ROOT.relativize(page)));
        }

        // then
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldDescribeTheActionForEach503() throws IOException {
        // given
        String operations = Files.readString(ROOT.resolve("docs/operations.md"));

        // then
        for (ErrorCode code : ErrorCodes.ALL) {
            if (code.retryable()) {
                assertThat(operations).contains("| `" + code.code() + "` |");
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.concat(Stream.of(ROOT), modules)
                                    .map(module -> module.resolve("README.md"))
                                    .filter(Files::exists),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .collect(Collectors.toList());
        }
    }
}
