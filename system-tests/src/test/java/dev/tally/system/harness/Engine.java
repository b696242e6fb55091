package dev.tally.system.harness;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The container engine and docker-compose, if this machine has them. */
public final class Engine {
    private Engine() {}

    /** Aborts the test unless an engine answers, and prints the reason to the log of the build. */
    public static void requireDocker(String what) {
        if (!succeeds(Map.of(), List.of("docker", "info"))) {
            skip(what, "no container engine answers here (docker info); scripts/docker-tests can prepare one");
        }
    }

    /** Aborts the test unless docker-compose is installed, and prints the reason. No engine is needed. */
    public static void requireCompose(String what) {
        if (!succeeds(Map.of(), List.of("docker-compose", "--version"))) {
            skip(what, "docker-compose is not installed");
        }
    }

    /** Prints the reason and aborts the test. */
    public static void skip(String what, String reason) {
        String sentence = what + " is skipped: " + reason;
        System.out.println("[system-tests] " + sentence);
        Assumptions.abort(sentence);
    }

    /** Runs {@code docker-compose} on {@code compose/kafka.yml}. */
    public static CommandRun compose(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker-compose",
                "-f",
                Repository.root().resolve("compose/kafka.yml").toString()));
        command.addAll(List.of(arguments));
        return CommandRun.run(environment, command, "");
    }

    static CommandRun docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return CommandRun.run(Map.of(), command, "").orFail();
    }

    private static boolean succeeds(Map<String, String> environment, List<String> command) {
        try {
            return CommandRun.run(environment, command, "").exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false; // the command does not exist
        }
    }
}
