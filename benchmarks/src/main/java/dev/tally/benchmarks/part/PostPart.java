package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.load.WrkResult;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import java.util.List;

/** Compares single hits over HTTP: ingest-api and a broker, each in its own process, with the plain handler. */
final class PostPart implements Part {
    private static final int[] CONNECTIONS = {64, 256};
    private static final int COUNTERS = 4_000;
    private static final int REQUESTS = 16_384;
    private static final long SEED = 2;
    private static final Measure BROKER_CPU = new Measure("CPU of the broker per POST, µs", 1);

    @Override
    public void run(Workbench bench) {
        Broker broker = bench.startBroker("post-data");
        HttpChild ingest = bench.startIngest(broker);
        String answer = ingest.post(
                "/v1/counters/" + BenchCounters.NAMESPACE + "/" + BenchCounters.counter(1_000), "{\"delta\":1}");
        HttpChild plain = bench.startPlainHandler(answer.length(), answer.length());
        Wrk wrk = bench.wrk();
        RequestList hits = RequestList.hits(bench.directory(), COUNTERS, REQUESTS, SEED);
        for (int connections : CONNECTIONS) {
            WarmUp.run(bench, wrk, ingest, hits, connections);
            WarmUp.run(bench, wrk, plain, hits, connections);
            Comparison comparison = bench.report().compare("POST, " + connections + " connections", "tally", "plain");
            for (int run = 0; run < bench.amounts().runs(); run++) {
                Acknowledged acknowledged = new Acknowledged(broker, Workbench.PARTITIONS);
                CpuWindow cpu = CpuWindow.open(List.of(ingest.child(), broker.child()));
                WrkResult posts = wrk.run(
                        ingest.port(), hits, connections, bench.amounts().window());
                Run ofTally = HttpFigures.run(posts, cpu.micros(ingest.child()))
                        .put(BROKER_CPU, cpu.micros(broker.child()) / posts.answered());
                bench.report().add(comparison, "tally", ofTally);
                acknowledged.verify(posts.answered());
                CpuWindow plainCpu = CpuWindow.open(List.of(plain.child()));
                WrkResult plainPosts =
                        wrk.run(plain.port(), hits, connections, bench.amounts().window());
                bench.report().add(comparison, "plain", HttpFigures.run(plainPosts, plainCpu.micros(plain.child())));
            }
            bench.report().floor(Floors.postCpu(connections, comparison.ratio("plain", HttpFigures.SERVER_CPU)));
        }
        bench.end(plain);
        bench.end(ingest);
        bench.end(broker);
    }
}
