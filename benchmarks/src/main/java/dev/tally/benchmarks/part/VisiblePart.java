package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.VisibleLoad;
import dev.tally.benchmarks.load.VisibleResult;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How soon a write can be read: standalone under writes at a fixed rate, with readers that wait for them. */
final class VisiblePart implements Part {
    private static final int COUNTERS = 4_000;
    private static final int WRITES_PER_SECOND = 2_000;
    private static final int READERS = 1_000;
    private static final int REQUESTS = 16_384;
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final long SEED = 5;
    private static final String TALLY = "tally";

    private static final Measure P50 = new Measure("from the write's answer to the read's, median, ms", 2);
    private static final Measure P99 = new Measure("the same, 99th percentile, ms", 2);
    private static final Measure MAX = new Measure("the same, greatest, ms", 2);
    private static final Measure SENT = new Measure("the read sent after the write's answer, 99th percentile, ms", 2);
    private static final Measure READS = new Measure("reads that waited", 0);
    private static final Measure ANSWERED = new Measure("of these answered 200", 0);
    private static final Measure RATE = new Measure("writes per second", 0);
    private static final Measure LATE_P99 = new Measure("writes sent late by, 99th percentile, ms", 2);
    private static final Measure LATE_MAX = new Measure("the greatest of these, ms", 2);
    private static final Measure SERVER_CPU = new Measure("CPU of the server, cores", 2);
    private static final Measure GENERATOR_CPU = new Measure("CPU of the load generator, cores", 2);

    @Override
    public void run(Workbench bench) {
        HttpChild up = bench.startUp("visible-data");
        // At 2,000 hits per second alone the JIT would take minutes.
        RequestList hits = RequestList.hits(bench.directory(), COUNTERS, REQUESTS, SEED);
        WarmUp.run(bench, bench.wrk(), up, hits, WARM_UP_CONNECTIONS);
        VisibleLoad load = new VisibleLoad(up.port(), COUNTERS, WRITES_PER_SECOND, READERS, SEED);
        Comparison eachWrite =
                measure(bench, up, "visible, each write read by one of %,d readers", load::readEachWrite);
        measure(bench, up, "visible, %,d readers waiting at once", load::readAllAtOnce);
        bench.report().floor(Floors.visibleMedian(eachWrite.series(TALLY, P50)));
        bench.report().floor(Floors.visibleTail(eachWrite.series(TALLY, P99)));
        bench.end(up);
    }

    private static Comparison measure(
            Workbench bench, HttpChild up, String heading, Function<Duration, VisibleResult> load) {
        WarmUp.run(up, () -> load.apply(bench.amounts().warmUp()).asked());
        Comparison comparison = bench.report().compare(String.format(Locale.ROOT, heading, READERS), TALLY);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            CpuWindow cpu = CpuWindow.open(List.of(up.child()));
            VisibleResult result = load.apply(bench.amounts().window());
            bench.report().add(comparison, TALLY, figures(result, cpu.micros(up.child())));
        }
        return comparison;
    }

    /** The figures of one load. */
    static Run figures(VisibleResult result, double serverCpuMicros) {
        return new Run()
                .put(P50, result.times().percentileMillis(50))
                .put(P99, result.times().percentileMillis(99))
                .put(MAX, result.times().percentileMillis(100))
                .put(SENT, result.sentAfter().percentileMillis(99))
                .put(READS, (double) result.asked())
                .put(ANSWERED, result.times().count())
                .put(RATE, result.writesPerSecond())
                .put(LATE_P99, result.late().percentileMillis(99))
                .put(LATE_MAX, result.late().percentileMillis(100))
                .put(SERVER_CPU, serverCpuMicros / 1e6 / result.seconds())
                .put(GENERATOR_CPU, result.cpu().toNanos() / 1e9 / result.seconds());
    }
}
