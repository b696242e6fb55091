package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Run;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Four processes: reads from the first second after ready, and writes with counting on and with counter-streams stopped. */
final class WholeFour {
    private static final String COUNTING = "counting";
    private static final String STOPPED = "stopped";
    private static final String COLD = "four processes";

    private final Workbench bench;
    private final WholeRequests requests;
    private final FourProcesses four;
    private final Wrk wrk;
    private final Map<Integer, Comparison> comparisons = new LinkedHashMap<>();

    WholeFour(Workbench bench, WholeRequests requests, FourProcesses four) {
        this.bench = bench;
        this.requests = requests;
        this.four = four;
        this.wrk = bench.wrk();
    }

    void measure() {
        four.ingest()
                .post(
                        "/v1/events",
                        IntStream.range(0, WholeRequests.COUNTERS)
                                .mapToObj(BenchCounters::eventJson)
                                .collect(Collectors.joining("\n")));
        four.awaitCounted();
        for (int connections : WholePart.CONNECTIONS) {
            readFromTheFirstSecond(connections);
        }
        compareWrites();
    }

    private void readFromTheFirstSecond(int connections) {
        Comparison comparison = bench.report().compare("GET as soon as ready, " + connections + " connections", COLD);
        four.restartReads();
        Duration window = bench.amounts().warmUp();
        HttpFigures.Measured measured = HttpFigures.measure(
                four.readProcesses(), () -> wrk.run(four.query().port(), requests.reads(), connections, window));
        bench.report().add(comparison, COLD, measured.run());
        bench.report().floor(Floors.refusedAtFirst(connections, comparison.series(COLD, HttpFigures.REFUSED)));
    }

    /**
     * Runs in the order A B B A, so that counter-streams starts half as often. It is warmed up after each start before
     * it is measured.
     */
    private void compareWrites() {
        warmUp();
        for (int connections : WholePart.CONNECTIONS) {
            comparisons.put(
                    connections,
                    bench.report()
                            .compare("POST into four processes, " + connections + " connections", COUNTING, STOPPED));
        }
        for (int run = 0; run < bench.amounts().runs(); run++) {
            boolean isCountingFirst = run % 2 == 0;
            writes(isCountingFirst);
            writes(!isCountingFirst);
        }
        four.count(true);
        four.awaitCounted();
        comparisons.forEach((connections, comparison) -> bench.report()
                .floor(Floors.countingOverStopped(connections, comparison.ratio(STOPPED, HttpFigures.RATE))));
    }

    private void writes(boolean isCounting) {
        if (isCounting && !four.isCounting()) {
            four.count(true);
            warmUp();
        }
        four.count(isCounting);
        comparisons.forEach((connections, comparison) ->
                bench.report().add(comparison, isCounting ? COUNTING : STOPPED, post(connections)));
    }

    private Run post(int connections) {
        Acknowledged acknowledged = four.acknowledged();
        HttpFigures.Measured measured = HttpFigures.measure(
                four.writeProcesses(),
                () -> wrk.run(
                        four.ingest().port(),
                        requests.hits(),
                        connections,
                        bench.amounts().whole().window()));
        acknowledged.verify(measured.result().answered());
        if (four.isCounting()) {
            four.awaitCounted();
        }
        return measured.run();
    }

    /**
     * The warm-up after a later start of counter-streams is as long as after the first: its code is new to the JIT each
     * time.
     */
    private void warmUp() {
        WarmUp.run(
                List.copyOf(four.writeProcesses().values()),
                bench.amounts().whole().warmUpLoads(),
                () -> wrk.run(
                                four.ingest().port(),
                                requests.hits(),
                                WholePart.CONNECTIONS[0],
                                bench.amounts().warmUp())
                        .answered());
    }
}
