package dev.tally.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the tree under test is, and where this module may write. */
public final class Repository {
    private static final Path ROOT = findRoot();

    private Repository() {}

    public static Path root() {
        return ROOT;
    }

    /** The one entry point to everything that runs. */
    static Path script() {
        return ROOT.resolve("scripts").resolve("tally");
    }

    /** An empty directory of this module's {@code target}; what an earlier run left there is gone. */
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
