package dev.tally.benchmarks.part;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The command line of another JVM like this one: same Java, same class path. */
final class Jvm {
    private Jvm() {}

    /** @param heap the maximum heap size, as for {@code -Xmx} */
    static List<String> command(String heap, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heap, "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", property("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
