package dev.tally.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One {@code scripts/tally …} in the foreground of a separate process. Its output goes to files, so that the process
 * never blocks on its output and a failure can be investigated. Processes that are still alive when this JVM exits are
 * killed.
 */
public final class TallyProcess implements AutoCloseable {
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();
    private static final int TAIL_LINES = 40;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LIVING.forEach(Process::destroyForcibly), "kill-what-is-left"));
    }

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private TallyProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * @param logs the directory in which {@code name.out} and {@code name.err} are written
     * @param environment added to the environment of this process, from which all settings of Tally are removed
     */
    public static TallyProcess start(String name, Path logs, Map<String, String> environment, List<String> arguments) {
        return startCommand(name, logs, environment, commandLine(arguments));
    }

    /** The same, for a command other than {@code scripts/tally}. */
    static TallyProcess startCommand(String name, Path logs, Map<String, String> environment, List<String> command) {
        Path out = logs.resolve(name + ".out");
        Path err = logs.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("TALLY_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            LIVING.add(process);
            process.onExit().thenAccept(LIVING::remove);
            return new TallyProcess(name, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line, with the default handling of SIGINT (Ctrl-C). A background job of a shell ignores that signal. */
    public static List<String> commandLine(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of("env", "--default-signal=INT", Repository.script().toString()));
        command.addAll(arguments);
        return command;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * @param name the signal as {@code kill} names it: {@code TERM}, {@code INT}, {@code KILL}, {@code STOP}, {@code
     *     CONT}
     */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal and waits for the process to exit. Returns the exit code. */
    public int end(String signal, Duration wait) {
        signal(signal);
        return awaitExit(wait);
    }

    /** Waits for the exit code. Fails if the process is still alive after {@code wait}. */
    public int awaitExit(Duration wait) {
        try {
            if (process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " did not end within " + wait + "\n" + errTail());
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    /** The last lines of its log, for failure messages. */
    public String errTail() {
        List<String> lines = err().lines().toList();
        return name + " (pid " + pid() + ", " + (isAlive() ? "alive" : "exit " + process.exitValue()) + "), end of "
                + err + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process if it is alive. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(20));
    }
}
