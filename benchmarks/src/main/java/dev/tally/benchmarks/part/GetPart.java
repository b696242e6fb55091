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

/** Compares reads of single totals over HTTP: standalone with the plain handler, with an answer of the same length. */
final class GetPart implements Part {
    private static final int CONNECTIONS = 64;
    private static final int COUNTERS = 4_000;
    private static final int REQUESTS = 16_384;
    private static final long SEED = 3;
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(30);

    @Override
    public void run(Workbench bench) {
        HttpChild up = bench.startUp("get-data");
        createCounters(up);
        HttpChild plain = bench.startPlainHandler(0, up.get(target(0)).length());
        Wrk wrk = bench.wrk();
        RequestList reads = RequestList.reads(bench.directory(), COUNTERS, REQUESTS, SEED);
        WarmUp.run(bench, wrk, up, reads, CONNECTIONS);
        WarmUp.run(bench, wrk, plain, reads, CONNECTIONS);
        Comparison comparison = bench.report().compare("GET, " + CONNECTIONS + " connections", "tally", "plain");
        for (int run = 0; run < bench.amounts().runs(); run++) {
            measure(bench, wrk, reads, comparison, "tally", up);
            measure(bench, wrk, reads, comparison, "plain", plain);
        }
        bench.report().floor(Floors.getOverPlain(comparison.ratio("plain", HttpFigures.RATE)));
        bench.end(plain);
        bench.end(up);
    }

    private static void measure(
            Workbench bench, Wrk wrk, RequestList reads, Comparison comparison, String side, HttpChild server) {
        CpuWindow cpu = CpuWindow.open(List.of(server.child()));
        WrkResult result =
                wrk.run(server.port(), reads, CONNECTIONS, bench.amounts().window());
        bench.report().add(comparison, side, HttpFigures.run(result, cpu.micros(server.child())));
    }

    /** Creates every counter and waits until each can be read, so that no measured read is a 404. */
    private static void createCounters(HttpChild up) {
        String events =
                IntStream.range(0, COUNTERS).mapToObj(BenchCounters::eventJson).collect(Collectors.joining("\n"));
        up.post("/v1/events", events);
        for (int counter = 0; counter < COUNTERS; counter++) {
            String target = target(counter);
            up.child().awaitReady(() -> up.answers(target), COUNTED_WITHIN);
        }
    }

    private static String target(int counter) {
        return "/v1/counters/" + BenchCounters.NAMESPACE + "/" + BenchCounters.counter(counter);
    }
}
