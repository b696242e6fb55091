package dev.tally.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The repository under test, and the directories that this module may write to. */
public final class Repository {
    private static final Path ROOT = findRoot();

    private Repository() {}

    public static Path root() {
        return ROOT;
    }

    /** {@code scripts/tally}, the single entry point of all processes and commands. */
    static Path script() {
        return ROOT.resolve("scripts").resolve("tally");
    }

    /** Creates an empty directory in this module's {@code target}. Files of an earlier run in it are deleted. */
    public static Path emptyDirectory(String name) {
        Path directory = ROOT.resolve("system-tests/target/systems").resolve(name);
        try {
            delete(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Path findRoot() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("system-tests/pom.xml"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "Not within the repository: " + Path.of("").toAbsolutePath());
    }
}
