package dev.tally.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program of {@code src/test/npm}, with the packages that its lock file names. */
public final class NodeProgram {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc", "client.mjs");

    private final Path directory;

    private NodeProgram(Path directory) {
        this.directory = directory;
    }

    /** Whether Node and npm are installed. */
    public static boolean isPossible() {
        return works("node", "--version") && works("npm", "--version");
    }

    /** Installs the packages, from npm's own cache if it holds them. */
    public static NodeProgram install() {
        Path source = Repository.root().resolve("system-tests/src/test/npm");
        Path directory = Repository.emptyDirectory("npm");
        try {
            for (String file : FILES) {
                Files.copy(source.resolve(file), directory.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CommandRun.run(
                        Map.of(),
                        List.of(
                                "npm",
                                "--prefix",
                                directory.toString(),
                                "ci",
                                "--ignore-scripts",
                                "--prefer-offline",
                                "--no-audit",
                                "--no-fund"),
                        "")
                .orFail();
        return new NodeProgram(directory);
    }

    /** Runs the program, and returns its output. */
    public String run(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("node", directory.resolve("client.mjs").toString()));
        command.addAll(List.of(arguments));
        return CommandRun.run(Map.of(), command, "").orFail().out();
    }

    private static boolean works(String... command) {
        try {
            return CommandRun.run(Map.of(), List.of(command), "").exitCode() == 0;
        } catch (UncheckedIOException notFound) {
            return false;
        }
    }
}
