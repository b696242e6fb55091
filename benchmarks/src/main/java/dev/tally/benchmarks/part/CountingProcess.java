package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.Job;
import dev.tally.benchmarks.counting.Progress;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JVM that counts the log once, and the CPU time of the broker meanwhile. */
final class CountingProcess {
    /** The heap that scripts/tally gives counter-streams. */
    private static final String STREAMS_HEAP = "1g";

    private static final Duration THROUGH_WITHIN = Duration.ofMinutes(12);

    private final Broker broker;
    private Duration brokerCpuAtFirst = Duration.ZERO;
    private Duration brokerCpu = Duration.ZERO;
    private Progress.@Nullable Counted counted;
    private Progress.@Nullable Rebuilt rebuilt;
    private @Nullable String digest;

    private CountingProcess(Broker broker) {
        this.broker = broker;
    }

    /**
     * @param rebuilt null unless it was a rebuild
     * @param digest the digest of all totals, from the run's own output
     */
    record Result(
            double seconds,
            double cpuSeconds,
            double brokerCpuMicros,
            Progress.@Nullable Rebuilt rebuilt,
            String digest) {}

    static Result run(Workbench bench, Broker broker, Class<?> main, Job job) {
        String name = main.getSimpleName();
        Child child = bench.children()
                .startReading(name, Map.of(), Jvm.command(STREAMS_HEAP, main, job.arguments()), THROUGH_WITHIN);
        CountingProcess process = new CountingProcess(broker);
        try (BufferedReader output = child.output()) {
            output.lines().forEach(process::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        child.awaitEnd();
        bench.children().end(child);
        return process.result(name);
    }

    private void read(String line) {
        if (Progress.isFirst(line)) {
            brokerCpuAtFirst = broker.child().cpu();
        }
        Progress.countedIn(line).ifPresent(times -> {
            counted = times;
            brokerCpu = broker.child().cpu().minus(brokerCpuAtFirst);
        });
        Progress.rebuiltIn(line).ifPresent(times -> rebuilt = times);
        Progress.digestIn(line).ifPresent(all -> digest = all);
    }

    private Result result(String name) {
        if (counted == null || digest == null) {
            throw new BenchException(name + " ended without having counted");
        }
        return new Result(
                counted.clockNanos() / 1e9, counted.cpuNanos() / 1e9, brokerCpu.toNanos() / 1e3, rebuilt, digest);
    }
}
