package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.BareCounting;
import dev.tally.benchmarks.counting.DslCounting;
import dev.tally.benchmarks.counting.EventLoader;
import dev.tally.benchmarks.counting.Job;
import dev.tally.benchmarks.counting.Progress.Rebuilt;
import dev.tally.benchmarks.counting.RebuildCounting;
import dev.tally.benchmarks.counting.TallyCounting;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.WorkDirectory;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import java.time.Duration;
import java.util.Locale;

/**
 * How fast a rebuild counts the log: beside counting of the same log from behind, the stock DSL and a bare consumer, each in its
 * own JVM. The rebuild goes on from the state that counting from behind has left. Then what a rebuild does to live reads.
 */
final class RebuildPart implements Part {
    private static final String REBUILD = "rebuild";
    private static final String BEHIND = "counting from behind";
    private static final String DSL = "stock DSL";
    private static final String BARE = "bare consumer";
    private static final Measure FROM_REQUEST = new Measure("events per second from the request to the last event", 0);
    private static final Measure LIVE = new Measure("seconds from the request until it is live", 2);

    @Override
    public void run(Workbench bench) {
        rate(bench);
        RebuildFreshness.measure(bench);
    }

    private static void rate(Workbench bench) {
        int events = bench.amounts().events();
        CountingLog log = new CountingLog(bench.startBroker("rebuild-data"), Workbench.PARTITIONS);
        log.create();
        String expected = EventLoader.load(
                log.broker().bootstrapServers(),
                Workbench.PARTITIONS,
                events,
                bench.amounts().counters(),
                Duration.ZERO,
                0);
        Comparison comparison = bench.report()
                .compare(String.format(Locale.ROOT, "rebuilding %,d events", events), REBUILD, BEHIND, DSL, BARE);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            Job job = CountPart.job(bench, log, TallyCounting.class, BEHIND, Job.Kept.HISTORY_AND_INDEX, run);
            CountPart.count(bench, log, comparison, BEHIND, TallyCounting.class, job, expected);
            rebuild(bench, log, comparison, job, expected);
            log.startOver();
            WorkDirectory.delete(job.stateDirectory());
            CountPart.measure(bench, log, comparison, DSL, DslCounting.class, run, expected);
            CountPart.measure(bench, log, comparison, BARE, BareCounting.class, run, expected);
        }
        bench.report().floor(Floors.rebuild(comparison.ratio(BEHIND, CountPart.PER_SECOND)));
        bench.end(log.broker());
    }

    private static void rebuild(Workbench bench, CountingLog log, Comparison comparison, Job job, String expected) {
        CountingProcess.Result result = CountingProcess.run(bench, log.broker(), RebuildCounting.class, job);
        Rebuilt rebuilt = result.rebuilt();
        if (rebuilt == null || !result.digest().equals(expected)) {
            throw new BenchException("the rebuild ended with " + result + " (expected: " + expected + ")");
        }
        bench.report()
                .add(
                        comparison,
                        REBUILD,
                        CountPart.figures(result, (double) job.events())
                                .put(FROM_REQUEST, job.events() / (rebuilt.countedNanos() / 1e9))
                                .put(LIVE, rebuilt.liveNanos() / 1e9));
    }
}
