package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.load.WrkResult;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.report.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads of more than one entry of the state, in one namespace with a large number of counters. */
final class ManyPart implements Part {
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 10_000;
    /** Shares no factor with the number of counters, so that all totals differ. */
    private static final long STRIDE = 7_919;

    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(3);
    private static final String TALLY = "tally";

    @Override
    public void run(Workbench bench) {
        int counters = bench.amounts().manyCounters();
        HttpChild up = bench.startUp("many-data");
        Wrk wrk = bench.wrk();
        bench.report().say(String.format("  creating %,d counters", counters));
        String receipt = "";
        for (int from = 0; from < counters; from += BATCH) {
            receipt = up.post("/v1/events", batch(from, counters));
        }
        String namespace = RankedReads.list(BenchCounters.NAMESPACE);
        awaitCounted(up, namespace, receipt);
        String one = namespace + "/" + BenchCounters.counter(counters / 2);
        measure(bench, wrk, up, "the 10 largest", namespace + "?sort=-total&limit=10");
        measure(bench, wrk, up, "100 by name", namespace + "?limit=100");
        measure(bench, wrk, up, "an hour in minutes", one + "/history?step=minute");
        measure(bench, wrk, up, "an explanation", one + "/explain");
        String ranked = RankedReads.create(bench, up);
        awaitCounted(up, RankedReads.list(RankedReads.lastNamespace()), ranked);
        RankedReads.measure(bench, up);
        bench.end(up);
    }

    private static void awaitCounted(HttpChild up, String list, String answer) {
        String whenCounted = list + "?limit=1&wait=5s&after=" + receiptOf(answer);
        up.child().awaitReady(() -> up.answers(whenCounted), COUNTED_WITHIN);
    }

    private static void measure(Workbench bench, Wrk wrk, HttpChild up, String what, String target) {
        RequestList requests = RequestList.reads(bench.directory(), what.replace(' ', '-'), List.of(target));
        WarmUp.run(bench, wrk, up, requests, CONNECTIONS);
        Comparison comparison = bench.report()
                .compare(
                        String.format(
                                "%s, of %,d counters", what, bench.amounts().manyCounters()),
                        TALLY);
        for (int run = 0; run < bench.amounts().runs(); run++) {
            CpuWindow cpu = CpuWindow.open(List.of(up.child()));
            WrkResult result =
                    wrk.run(up.port(), requests, CONNECTIONS, bench.amounts().window());
            bench.report().add(comparison, TALLY, HttpFigures.run(result, cpu.micros(up.child())));
        }
    }

    private static String batch(int from, int counters) {
        return IntStream.range(from, Math.min(from + BATCH, counters))
                .mapToObj(i -> BenchCounters.eventJson(i, i * STRIDE % counters))
                .collect(Collectors.joining("\n"));
    }

    private static String receiptOf(String answer) {
        int start = answer.indexOf("\"receipt\":\"") + "\"receipt\":\"".length();
        return answer.substring(start, answer.indexOf('"', start));
    }
}
