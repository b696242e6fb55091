package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.VisibleLoad;
import dev.tally.benchmarks.load.VisibleResult;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures whether writes are counted later while lists of the largest totals are read in turn from more namespaces
 * than are kept in order. An event that arrives while the state is being written out is counted, and can be read, when
 * that is done.
 */
final class RankedReads {
    private static final int NAMESPACES = 80;
    private static final int COUNTERS = 6_000;
    private static final int STRIDE = 1_009;
    private static final int CONNECTIONS = 4;
    private static final int WRITTEN_COUNTERS = 4_000;
    private static final int WRITES_PER_SECOND = 1_000;
    private static final int READERS = 100;
    private static final long SEED = 5;
    private static final String WITH = "with lists";
    private static final String WITHOUT = "without";

    private static final Measure P50 = new Measure("from the write's answer to the read's, median, ms", 2);
    private static final Measure P99 = new Measure("the same, 99th percentile, ms", 2);
    private static final Measure MAX = new Measure("the same, greatest, ms", 2);
    private static final Measure LISTS = new Measure("lists per second", 0);
    private static final Measure LATE_P99 = new Measure("writes sent late by, 99th percentile, ms", 2);

    private RankedReads() {}

    /** @return the receipts of the last events */
    static String create(Workbench bench, HttpChild up) {
        bench.report().say(String.format("  creating %d namespaces of %,d counters", NAMESPACES, COUNTERS));
        String answer = "";
        for (int i = 0; i < NAMESPACES; i++) {
            String namespace = namespace(i);
            answer = up.post(
                    "/v1/events",
                    IntStream.range(0, COUNTERS)
                            .mapToObj(counter ->
                                    BenchCounters.eventJson(namespace, counter, 1 + (long) counter * STRIDE % COUNTERS))
                            .collect(Collectors.joining("\n")));
        }
        return answer;
    }

    static void measure(Workbench bench, HttpChild up) {
        List<String> lists = IntStream.range(0, NAMESPACES)
                .mapToObj(i -> list(namespace(i)) + "?sort=-total&limit=10")
                .toList();
        VisibleLoad load = new VisibleLoad(up.port(), WRITTEN_COUNTERS, WRITES_PER_SECOND, READERS, SEED);
        Duration warmUp = bench.amounts().warmUp();
        WarmUp.run(up, () -> load.readEachWrite(warmUp, CONNECTIONS, lists).asked());
        String heading = String.format(
                "visible, %,d writes a second, beside the 10 largest of each of %d namespaces of %,d counters",
                WRITES_PER_SECOND, NAMESPACES, COUNTERS);
        Comparison comparison = bench.report().compare(heading, WITH, WITHOUT);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            Duration window = bench.amounts().window();
            bench.report().add(comparison, WITH, figures(load.readEachWrite(window, CONNECTIONS, lists)));
            bench.report().add(comparison, WITHOUT, figures(load.readEachWrite(window)));
        }
    }

    static String list(String namespace) {
        return "/v1/counters/" + namespace;
    }

    /** The namespace that was written last. */
    static String lastNamespace() {
        return namespace(NAMESPACES - 1);
    }

    private static String namespace(int number) {
        return "ranked-" + number;
    }

    private static Run figures(VisibleResult result) {
        return new Run()
                .put(P50, result.times().percentileMillis(50))
                .put(P99, result.times().percentileMillis(99))
                .put(MAX, result.times().percentileMillis(100))
                .put(LISTS, result.others() / result.seconds())
                .put(LATE_P99, result.late().percentileMillis(99));
    }
}
