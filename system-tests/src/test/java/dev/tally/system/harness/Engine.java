package dev.tally.system.harness;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What runs containers, as far as this machine has it. */
public final class Engine {
    private Engine() {}

    /** Aborts the test, and says why where the reader of a build's log sees it, unless an engine answers. */
    public static void requireDocker(String what) {
        if (!succeeds(Map.of(), List.of("docker", "info"))) {
            skip(what, "no container engine answers here (docker info); scripts/docker-tests can prepare one");
        }
    }

    /** Aborts the test, and says so, unless docker-compose is installed; an engine is not needed. */
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
            return false; // there is no such command
        }
    }
}
