package dev.tally.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One completed command: its exit code and its output. */
public record CommandRun(int exitCode, String out, String err) {
    private static final int SECONDS_MAX = 180;

    /** Runs {@code scripts/tally …}; fails if it takes too long. */
    public static CommandRun tally(Map<String, String> environment, List<String> arguments, String input) {
        return run(environment, TallyProcess.commandLine(arguments), input);
    }

    /** Runs any command; fails if it takes too long. */
    public static CommandRun run(Map<String, String> environment, List<String> command, String input) {
        try {
            Path in = Files.createTempFile("command", ".in");
            Path out = Files.createTempFile("command", ".out");
            Path err = Files.createTempFile("command", ".err");
            try {
                Files.writeString(in, input, StandardCharsets.UTF_8);
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().keySet().removeIf(variable -> variable.startsWith("TALLY_"));
                builder.environment().putAll(environment);
                int exitCode = awaitExit(builder.start(), command);
                return new CommandRun(exitCode, Files.readString(out), Files.readString(err));
            } finally {
                for (Path file : List.of(in, out, err)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int awaitExit(Process process, List<String> command) {
        try {
            if (process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(command + " did not end within " + SECONDS_MAX + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    public List<String> lines() {
        return out.lines().toList();
    }

    /** This run, if its exit code is 0. Fails otherwise. */
    public CommandRun orFail() {
        if (exitCode != 0) {
            throw new AssertionError("exit " + exitCode + "\n" + out + "\n" + err);
        }
        return this;
    }
}
