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

/** Full load on {@code up} from the moment at which it is ready: how fast it is in its first half minute. */
final class FirstSeconds {
    private static final int CONNECTIONS = 64;
    /** So much longer than is looked at, because wrk takes a moment to begin. */
    private static final Duration LOAD = Duration.ofSeconds(31);

    private static final Measure FROM_0 = new Measure("POSTs per second, seconds 0 to 10 after ready", 0);
    private static final Measure FROM_10 = new Measure("seconds 10 to 20", 0);
    private static final Measure FROM_20 = new Measure("seconds 20 to 30", 0);
    private static final Measure AT_10 = new Measure("10 s after ready (seconds 8 to 12)", 0);
    private static final Measure STEADY = new Measure("steady, after warm-up", 0);
    private static final Measure SHARE = new Measure("10 s after ready over steady", 2);
    private static final Measure REFUSED = new Measure("requests refused or broken", 0);

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

    /** @param up ready since a moment ago */
    void measure(Standalone up) {
        long ready = System.nanoTime();
        Acknowledged acknowledged = new Acknowledged(up.broker(), Workbench.PARTITIONS);
        try (LogGrowth growth = new LogGrowth(up.broker(), Workbench.PARTITIONS, ready)) {
            WrkResult result = wrk.run(up.http().port(), hits, CONNECTIONS, LOAD);
            RateOverTime rate = growth.end();
            acknowledged.verify(result.answered());
            double atTen = rate.between(8, 12);
            ratesAtTen.add(atTen);
            runs.add(new Run()
                    .put(FROM_0, rate.between(0, 10))
                    .put(FROM_10, rate.between(10, 20))
                    .put(FROM_20, rate.between(20, 30))
                    .put(AT_10, atTen)
                    .put(REFUSED, (double) (result.refused() + result.broken())));
        }
        Totals.awaitCounted(up.http(), up.broker(), Workbench.PARTITIONS);
    }

    /** @param steadyRate that of the same load once the process is warm */
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
