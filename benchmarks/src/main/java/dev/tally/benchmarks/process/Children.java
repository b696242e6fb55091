package dev.tally.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Every process that the benchmark has started. All are ended when this is closed, in reverse order of their start, and
 * also when the benchmark itself is ended by Ctrl-C or SIGTERM. Safe for use by any thread.
 */
public final class Children implements AutoCloseable {
    private final Path logs;
    private final Deque<Child> living = new ArrayDeque<>();
    private final Thread atShutdown = new Thread(this::endAll, "bench-shutdown");
    private boolean ending;

    private Children(Path logs) {
        this.logs = logs;
    }

    /** @param logs an existing directory for the logs of the processes */
    public static Children open(Path logs) {
        Children children = new Children(logs);
        Runtime.getRuntime().addShutdownHook(children.atShutdown);
        return children;
    }

    /** Starts a process whose whole output goes to its log. */
    public Child start(String name, Map<String, String> environment, List<String> command) {
        return start(name, environment, command, false);
    }

    /**
     * Starts a process that ends by itself and whose standard output is read by the caller, to its end.
     *
     * @param within the maximum run time, after which it is killed
     */
    public Child startReading(String name, Map<String, String> environment, List<String> command, Duration within) {
        Child child = start(name, environment, command, true);
        child.endAfter(within);
        return child;
    }

    /** Ends one process. */
    public void end(Child child) {
        child.close();
        synchronized (this) {
            living.remove(child);
        }
    }

    /** Whether all processes are being ended, so that the end of a child is expected. */
    public synchronized boolean isEnding() {
        return ending;
    }

    private synchronized Child start(
            String name, Map<String, String> environment, List<String> command, boolean isOutputRead) {
        if (ending) {
            throw new BenchException("the benchmark is being ended");
        }
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("TALLY_"));
        builder.environment().putAll(environment);
        builder.redirectError(Redirect.appendTo(log.toFile()));
        if (!isOutputRead) {
            builder.redirectOutput(Redirect.appendTo(log.toFile()));
        }
        try {
            Child child = new Child(name, builder.start(), log);
            living.push(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The JVM is already shutting down, and the hook has run or is running.
        }
    }

    /** Ends every running process, in reverse order of their start. No process can be started afterwards. */
    public void endAll() {
        List<Child> ended;
        synchronized (this) {
            ending = true;
            ended = new ArrayList<>(living);
            living.clear();
        }
        ended.forEach(Child::close);
    }
}
