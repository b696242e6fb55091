package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RateOverTime;
import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.load.WrkResult;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Full load on {@code up} from the moment at which it is ready: measures its rate in the first half minute. */
final class FirstSeconds {
    private static final int CONNECTIONS = 64;
    private static final int SLICE_SECONDS = 10;

    private static final Measure AT_10 = new Measure("POSTs per second, 10 s after ready (8 to 12 s)", 0);
    private static final Measure STEADY = new Measure("POSTs per second, steady", 0);
    private static final Measure SHARE = new Measure("10 s after ready over steady", 2);

    private final Workbench bench;
    private final Wrk wrk;
    private final RequestList hits;
    private final List<Run> runs = new ArrayList<>();
    private final List<Double> ratesAtTen = new ArrayList<>();

    FirstSeconds(Workbench bench, Wrk wrk, RequestList hits) {
        this.bench = bench;
        this.wrk = wrk;
        this.hits = hits;
    }

    /**
     * @param up has just become ready
     * @param records the number of records in its log
     */
    void measure(Standalone up, long records) {
        long ready = System.nanoTime();
        Duration load = bench.amounts().whole().first();
        Acknowledged acknowledged = new Acknowledged(up.broker(), Workbench.PARTITIONS, records);
        try (LogGrowth growth = new LogGrowth(up.broker(), Workbench.PARTITIONS, ready, records)) {
            WrkResult result = wrk.run(up.http().port(), hits, CONNECTIONS, load);
            RateOverTime rate = growth.end();
            acknowledged.verify(result.answered());
            double atTen = rate.between(8, 12);
            ratesAtTen.add(atTen);
            Run run = new Run();
            for (int from = 0; from + SLICE_SECONDS <= load.toSeconds(); from += SLICE_SECONDS) {
                int to = from + SLICE_SECONDS;
                run.put(
                        new Measure(String.format("POSTs per second, %d to %d s after ready", from, to), 0),
                        rate.between(from, to));
            }
            runs.add(run.put(AT_10, atTen).put(HttpFigures.REFUSED, result.failed()));
        }
        Totals.awaitCounted(up.http(), up.broker(), Workbench.PARTITIONS);
    }

    /** @param steadyRate the rate of the same load once the process is warm */
    void report(double steadyRate) {
        Comparison comparison =
                bench.report().compare("the first seconds, " + CONNECTIONS + " connections", WholePart.UP);
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i).put(STEADY, steadyRate).put(SHARE, ratesAtTen.get(i) / steadyRate);
            bench.report().add(comparison, WholePart.UP, run);
        }
        bench.report().floor(Floors.soonWarm(comparison.series(WholePart.UP, SHARE)));
    }
}
