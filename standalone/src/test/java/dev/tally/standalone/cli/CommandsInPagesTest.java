package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The documentation shows no unknown command and no unknown Kafka tool. The page of the command line lists all commands. */
class CommandsInPagesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern COMMAND = Pattern.compile("scripts/tally ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?");

    private final Set<String> commands =
            new TreeSet<>(TallyCommand.withCommands().getSubcommands().keySet());

    @Test
    void shouldShowOnlyExistingCommands() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (Path page : pages()) {
            COMMAND.matcher(Files.readString(page)).results().forEach(shown -> {
                boolean known = commands.contains(shown.group(1))
                        && (!shown.group(1).equals("kafka")
                                || shown.group(2) == null
                                || KafkaTool.all().containsKey(shown.group(2)));
                if (!known) {
                    unknown.add(shown.group() + " in " + ROOT.relativize(page));
                }
            });
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldListEachCommandOnThePageOfTheCommandLine() throws IOException {
        String page = Files.readString(ROOT.resolve("standalone/README.md"));
        Set<String> listed = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(commands);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.concat(Stream.of(ROOT), modules)
                                    .map(module -> module.resolve("README.md"))
                                    .filter(Files::exists),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }
}
