package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.report.Comparison;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of single totals: through query-api in its own process, in {@code up}, and a GET of a key behind webdis. */
final class WholeReads {
    private static final String HOP = "query-api";

    private final Workbench bench;
    private final WholeRequests requests;
    private final FourProcesses four;
    private final Standalone up;
    private final Optional<RedisGateway> gateway;
    private final Wrk wrk;

    WholeReads(
            Workbench bench,
            WholeRequests requests,
            FourProcesses four,
            Standalone up,
            Optional<RedisGateway> gateway) {
        this.bench = bench;
        this.requests = requests;
        this.four = four;
        this.up = up;
        this.gateway = gateway;
        this.wrk = bench.wrk();
    }

    void measure() {
        WarmUp.run(bench, wrk, up.http(), requests.reads(), WholePart.CONNECTIONS[0]);
        WarmUp.run(
                List.copyOf(four.readProcesses().values()),
                bench.amounts().whole().warmUpLoads(),
                () -> wrk.run(
                                four.query().port(),
                                requests.reads(),
                                WholePart.CONNECTIONS[0],
                                bench.amounts().warmUp())
                        .answered());
        for (int connections : WholePart.CONNECTIONS) {
            compare(connections);
        }
    }

    private void compare(int connections) {
        String heading = "GET of one total, " + connections + " connections";
        Comparison comparison = gateway.isPresent()
                ? bench.report().compare(heading, HOP, WholePart.UP, WholePart.WEBDIS)
                : bench.report().compare(heading, HOP, WholePart.UP);
        if (gateway.isPresent()) {
            comparison.alsoOver(WholePart.UP, WholePart.WEBDIS);
        }
        for (int run = 0; run < bench.amounts().runs(); run++) {
            measure(comparison, HOP, four.readProcesses(), four.query().port(), requests.reads(), connections);
            measure(
                    comparison,
                    WholePart.UP,
                    Map.of(WholePart.UP, up.child()),
                    up.http().port(),
                    requests.reads(),
                    connections);
            gateway.ifPresent(redis -> measure(
                    comparison,
                    WholePart.WEBDIS,
                    redis.processes(),
                    redis.webdis().port(),
                    requests.redisReads(),
                    connections));
        }
        bench.report().floor(Floors.hopOverUp(connections, comparison.ratio(WholePart.UP, HttpFigures.RATE)));
        bench.report().floor(Floors.hopCpu(connections, comparison.ratio(WholePart.UP, HttpFigures.SERVER_CPU)));
    }

    private void measure(
            Comparison comparison,
            String side,
            Map<String, Child> processes,
            int port,
            RequestList reads,
            int connections) {
        bench.report()
                .add(
                        comparison,
                        side,
                        HttpFigures.measure(
                                        processes,
                                        () -> wrk.run(
                                                port,
                                                reads,
                                                connections,
                                                bench.amounts().whole().window()))
                                .run());
    }
}
