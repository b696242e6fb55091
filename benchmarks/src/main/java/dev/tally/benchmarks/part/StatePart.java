package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.EventLoader;
import dev.tally.benchmarks.counting.Job.Kept;
import dev.tally.benchmarks.counting.TallyCounting;
import dev.tally.benchmarks.report.Comparison;
import java.time.Duration;

/**
 * The cost of histories and of the index of the largest totals: Tally's counting with and without them. One log covers
 * one minute, as a busy system writes it. The other covers a day, in which nearly every event of a counter falls into
 * another minute than the previous one.
 */
final class StatePart implements Part {
    private static final String ALL = "both";
    private static final String TOTALS = "neither";

    @Override
    public void run(Workbench bench) {
        measure(bench, "minute-data", Duration.ZERO, "a minute");
        Comparison ofADay = measure(bench, "day-data", Duration.ofDays(1), "a day");
        bench.report().floor(Floors.spreadOverADay(ofADay.ratio(TOTALS, CountPart.PER_CPU_SECOND)));
    }

    private static Comparison measure(Workbench bench, String directory, Duration over, String span) {
        int events = bench.amounts().events();
        CountingLog log = new CountingLog(bench.startBroker(directory), Workbench.PARTITIONS);
        log.create();
        String digest = EventLoader.load(
                log.broker().bootstrapServers(),
                Workbench.PARTITIONS,
                events,
                bench.amounts().counters(),
                over,
                0);
        Comparison comparison =
                bench.report().compare(String.format("counting %,d events of %s", events, span), ALL, TOTALS);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            CountPart.measure(bench, log, comparison, ALL, TallyCounting.class, Kept.HISTORY_AND_INDEX, run, digest);
            CountPart.measure(bench, log, comparison, TOTALS, TallyCounting.class, Kept.TOTALS, run, digest);
        }
        bench.end(log.broker());
        return comparison;
    }
}
