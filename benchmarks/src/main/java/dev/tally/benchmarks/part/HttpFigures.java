package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.WrkResult;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The figures of a load of single requests. */
final class HttpFigures {
    static final Measure RATE = new Measure("requests per second", 0);
    static final Measure SERVER_CPU = new Measure("CPU of the server per request, µs", 1);
    private static final Measure P50 = new Measure("latency, median, ms", 2);
    private static final Measure P99 = new Measure("latency, 99th percentile, ms", 2);
    private static final Measure WRK_CPU = new Measure("CPU of wrk per request, µs", 1);
    static final Measure REFUSED = new Measure("requests refused or broken", 0);

    private HttpFigures() {}

    /**
     * Puts a load on a server, and measures the CPU time of every process that takes part. Their sum is the CPU time of
     * the server.
     *
     * @param processes by the name in the figures
     * @param load runs the load to its end
     */
    static Measured measure(Map<String, Child> processes, Supplier<WrkResult> load) {
        CpuWindow cpu = CpuWindow.open(List.copyOf(processes.values()));
        WrkResult result = load.get();
        Map<String, Double> micros = new LinkedHashMap<>();
        processes.forEach((name, child) -> micros.put(name, cpu.micros(child)));
        Run run = run(
                result,
                micros.values().stream().mapToDouble(Double::doubleValue).sum());
        if (micros.size() > 1) {
            micros.forEach((name, all) -> run.put(
                    new Measure("CPU of " + name + " per request, µs", SERVER_CPU.decimals()),
                    all / result.answered()));
        }
        return new Measured(result, run);
    }

    /** The result of a load, and its figures. */
    record Measured(WrkResult result, Run run) {}

    /** @throws BenchException if no request was answered successfully */
    static Run run(WrkResult result, double serverCpuMicros) {
        if (result.answered() == 0) {
            throw new BenchException("no request was answered with a 2xx: " + result);
        }
        return new Run()
                .put(RATE, result.perSecond())
                .put(P50, result.p50Millis())
                .put(P99, result.p99Millis())
                .put(SERVER_CPU, serverCpuMicros / result.answered())
                .put(WRK_CPU, result.cpu().toNanos() / 1e3 / result.answered())
                .put(REFUSED, result.failed());
    }
}
