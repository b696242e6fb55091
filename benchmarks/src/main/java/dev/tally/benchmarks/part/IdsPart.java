package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.EventLoader;
import dev.tally.benchmarks.counting.TallyCounting;
import dev.tally.benchmarks.report.Comparison;
import java.time.Duration;

/**
 * The cost of IDs: Tally's counting over a log in which a third of the events have an ID, against the same log without
 * IDs.
 */
final class IdsPart implements Part {
    private static final int ID_EVERY = 3;
    private static final String WITH = "a third with ids";
    private static final String WITHOUT = "none with ids";

    @Override
    public void run(Workbench bench) {
        Loaded with = load(bench, "ids-data", ID_EVERY);
        Loaded without = load(bench, "no-ids-data", 0);
        Comparison comparison = bench.report()
                .compare(
                        String.format(
                                "counting %,d events with ids", bench.amounts().events()),
                        WITH,
                        WITHOUT);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            CountPart.measure(bench, with.log(), comparison, WITH, TallyCounting.class, run, with.digest());
            CountPart.measure(bench, without.log(), comparison, WITHOUT, TallyCounting.class, run, without.digest());
        }
        bench.report().floor(Floors.ids(comparison.ratio(WITHOUT, CountPart.PER_CPU_SECOND)));
        bench.end(with.log().broker());
        bench.end(without.log().broker());
    }

    private static Loaded load(Workbench bench, String directory, int idEvery) {
        CountingLog log = new CountingLog(bench.startBroker(directory), Workbench.PARTITIONS);
        log.create();
        String digest = EventLoader.load(
                log.broker().bootstrapServers(),
                Workbench.PARTITIONS,
                bench.amounts().events(),
                bench.amounts().counters(),
                Duration.ZERO,
                idEvery);
        return new Loaded(log, digest);
    }

    private record Loaded(CountingLog log, String digest) {}
}
