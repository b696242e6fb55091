package dev.tally.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One process that the benchmark started. It is ended by its PID, first with SIGTERM. */
public final class Child implements AutoCloseable {
    private static final Duration READY_CHECK_EVERY = Duration.ofMillis(100);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final int LOG_LINES_SHOWN = 20;

    private final String name;
    private final Process process;
    private final Path log;

    Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The CPU time of the running process so far. */
    public Duration cpu() {
        return ProcessCpu.of(pid());
    }

    /** The standard output of the process; empty for a process whose output goes to its log. */
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Waits until the check is true.
     *
     * @throws BenchException if the process ends first, or the time expires
     */
    public void awaitReady(BooleanSupplier ready, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!ready.getAsBoolean()) {
            if (waitFor(READY_CHECK_EVERY)) {
                throw new BenchException(name + " ended with status " + process.exitValue() + lastOfLog());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new BenchException(name + " was not ready within " + within.toSeconds() + " s" + lastOfLog());
            }
        }
    }

    /**
     * Kills the process if it is still running after this time, so that the reader of its output is not blocked
     * forever.
     */
    void endAfter(Duration within) {
        CompletableFuture.delayedExecutor(within.toNanos(), TimeUnit.NANOSECONDS)
                .execute(process::destroyForcibly);
    }

    /**
     * Waits for the end of a process that has closed its output.
     *
     * @throws BenchException if it does not end, or ends with a status other than 0
     */
    public void awaitEnd() {
        if (!waitFor(STOP_WITHIN)) {
            throw new BenchException(name + " did not end" + lastOfLog());
        }
        if (process.exitValue() != 0) {
            throw new BenchException(name + " ended with status " + process.exitValue() + lastOfLog());
        }
    }

    /** Ends the process: SIGTERM, and SIGKILL if that does not end it in {@link #STOP_WITHIN}. */
    @Override
    public void close() {
        process.destroy();
        if (!waitFor(STOP_WITHIN)) {
            process.destroyForcibly();
            waitFor(STOP_WITHIN);
        }
    }

    private boolean waitFor(Duration duration) {
        try {
            return process.waitFor(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for " + name, e);
        }
    }

    private String lastOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "; the last of its log:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "; its log " + log + " cannot be read";
        }
    }
}
