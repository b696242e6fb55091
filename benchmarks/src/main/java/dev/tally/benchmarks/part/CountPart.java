package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.BareCounting;
import dev.tally.benchmarks.counting.DslCounting;
import dev.tally.benchmarks.counting.EventLoader;
import dev.tally.benchmarks.counting.Job;
import dev.tally.benchmarks.counting.TallyCounting;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.WorkDirectory;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import java.time.Duration;

/**
 * Counts the same preloaded log repeatedly: Tally's counting, the stock DSL and a bare consumer, each run in its own
 * JVM, on a broker without traces of the previous run.
 */
final class CountPart implements Part {
    private static final int THREADS = 1;
    private static final String TALLY = "tally";
    private static final String DSL = "stock DSL";
    private static final String BARE = "bare consumer";

    static final Measure PER_CPU_SECOND = new Measure("events per CPU-second of the counting process", 0);
    static final Measure PER_SECOND = new Measure("events per second", 0);
    private static final Measure SECONDS = new Measure("seconds", 2);
    private static final Measure CPU_SECONDS = new Measure("CPU-seconds of the counting process", 2);
    private static final Measure BROKER_CPU = new Measure("CPU of the broker per event, µs", 2);

    private static final Measure STATE_BYTES = new Measure("bytes of the state on disk per event", 1);
    private static final Measure CHANGELOG_BYTES = new Measure("bytes of the changelog per event", 1);

    @Override
    public void run(Workbench bench) {
        int events = bench.amounts().events();
        Broker broker = bench.startBroker("count-data");
        CountingLog log = new CountingLog(broker, Workbench.PARTITIONS);
        log.create();
        bench.report()
                .say(String.format(
                        "  loading %,d events over %,d counters",
                        events, bench.amounts().counters()));
        String expected = EventLoader.load(
                broker.bootstrapServers(),
                Workbench.PARTITIONS,
                events,
                bench.amounts().counters(),
                Duration.ZERO,
                0);
        Comparison comparison = bench.report().compare(String.format("counting %,d events", events), TALLY, DSL, BARE);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            measure(bench, log, comparison, TALLY, TallyCounting.class, run, expected);
            measure(bench, log, comparison, DSL, DslCounting.class, run, expected);
            measure(bench, log, comparison, BARE, BareCounting.class, run, expected);
        }
        bench.report().say("  the totals of all runs are equal: " + expected);
        bench.report().floor(Floors.countingOverDsl(comparison.ratio(DSL, PER_CPU_SECOND)));
        bench.end(broker);
    }

    /** Runs once to the end of the log, in a JVM of its own. Afterwards the log is as it was before. */
    static void measure(
            Workbench bench,
            CountingLog log,
            Comparison comparison,
            String side,
            Class<?> main,
            int run,
            String expectedDigest) {
        measure(bench, log, comparison, side, main, Job.Kept.HISTORY_AND_INDEX, run, expectedDigest);
    }

    /** The same, with the given parts of the state. */
    static void measure(
            Workbench bench,
            CountingLog log,
            Comparison comparison,
            String side,
            Class<?> main,
            Job.Kept kept,
            int run,
            String expectedDigest) {
        Job job = job(bench, log, main, side, kept, run);
        count(bench, log, comparison, side, main, job, expectedDigest);
        log.startOver();
        WorkDirectory.delete(job.stateDirectory());
    }

    /** A job with a state directory that does not exist yet. */
    static Job job(Workbench bench, CountingLog log, Class<?> main, String side, Job.Kept kept, int run) {
        return new Job(
                log.broker().bootstrapServers(),
                Workbench.PARTITIONS,
                bench.amounts().events(),
                THREADS,
                bench.newDirectory(main.getSimpleName() + "-" + side.replace(' ', '-') + "-" + run),
                kept);
    }

    /** Runs once to the end of the log, and leaves the state, the topics and the group. */
    static void count(
            Workbench bench,
            CountingLog log,
            Comparison comparison,
            String side,
            Class<?> main,
            Job job,
            String expectedDigest) {
        CountingProcess.Result result = CountingProcess.run(bench, log.broker(), main, job);
        long changelogBytes = log.broker().logBytes("-changelog");
        long stateBytes = WorkDirectory.bytes(job.stateDirectory());
        if (!result.digest().equals(expectedDigest)) {
            throw new BenchException(
                    side + " counted wrongly: " + result.digest() + " (expected: " + expectedDigest + ")");
        }
        double events = job.events();
        bench.report()
                .add(
                        comparison,
                        side,
                        figures(result, events)
                                .put(STATE_BYTES, stateBytes / events)
                                .put(CHANGELOG_BYTES, changelogBytes / events));
    }

    static Run figures(CountingProcess.Result result, double events) {
        return new Run()
                .put(PER_CPU_SECOND, events / result.cpuSeconds())
                .put(PER_SECOND, events / result.seconds())
                .put(SECONDS, result.seconds())
                .put(CPU_SECONDS, result.cpuSeconds())
                .put(BROKER_CPU, result.brokerCpuMicros() / events);
    }
}
