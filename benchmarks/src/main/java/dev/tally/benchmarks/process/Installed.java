package dev.tally.benchmarks.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Programs on the PATH. */
public final class Installed {
    private Installed() {}

    public static boolean has(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(":", -1)).anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
