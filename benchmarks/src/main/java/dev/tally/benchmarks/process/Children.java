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
 * Every process the benchmark has started. All are ended when this is closed, the last one first, and also when the
 * benchmark itself is ended by Ctrl-C or SIGTERM. Safe for use by any thread.
 */
public final class Children implements AutoCloseable {
    private final Path logs;
    private final Deque<Child> living = new ArrayDeque<>();
    private final Thread atShutdown = new Thread(this::endAll, "bench-shutdown");
    private boolean ending;

    private Children(Path logs) {
        this.logs = logs;
    }

    /** @param logs the existing directory for what the processes log */
    public static Children open(Path logs) {
        Children children = new Children(logs);
        Runtime.getRuntime().addShutdownHook(children.atShutdown);
        return children;
    }

    /** Starts a process that is left alone: all it prints goes to its log. */
    public Child start(String name, Map<String, String> environment, List<String> command) {
        return start(name, environment, command, false);
    }

    /**
     * Starts a process that ends by itself and whose standard output is read by the caller, to its end.
     *
     * @param within how long it may take; then it is killed
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

    /** Whether everything is being ended, so that a child that went away is no surprise. */
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
            // The JVM is going down already, and the hook has run or runs.
        }
    }

    /** Ends every process that lives, the last one started first; none can be started any more. */
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
