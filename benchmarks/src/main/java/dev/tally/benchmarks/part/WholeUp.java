package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.SkewedCounters;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import dev.tally.benchmarks.report.Series;
import dev.tally.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code up} alone: its first seconds, its writes compared with an INCR, and its use of resources when idle. */
final class WholeUp {
    private static final int BATCH = 10_000;
    private static final long SEED = 6;
    private static final Measure JUST_STARTED = new Measure("just started, percent of a core", 1);
    private static final Measure AFTER_LOAD = new Measure("after a load, percent of a core", 1);

    private final Workbench bench;
    private final WholeRequests requests;
    private final Optional<RedisGateway> gateway;
    private final Wrk wrk;
    private final Path data;

    WholeUp(Workbench bench, WholeRequests requests, Optional<RedisGateway> gateway) {
        this.bench = bench;
        this.requests = requests;
        this.gateway = gateway;
        this.wrk = bench.wrk();
        this.data = bench.newDirectory("whole-data");
    }

    /** @return the measured instance: warm, still running and with all counters */
    Standalone measure() {
        Standalone up = bench.startUp(data);
        double idleJustStarted =
                IdleCpu.percent(up.child(), bench.amounts().whole().idle());
        fill(up);
        FirstSeconds first = new FirstSeconds(bench, wrk, requests.hits());
        for (int start = 0; start < bench.amounts().whole().starts(); start++) {
            long records = up.broker().records(Topics.EVENTS, Workbench.PARTITIONS);
            bench.end(up.http());
            up = bench.startUp(data);
            first.measure(up, records);
        }
        warmUp(up.http());
        Series steady = compareWrites(up);
        first.report(steady.median());
        reportIdle(up, idleJustStarted);
        return up;
    }

    private void warmUp(HttpChild up) {
        WarmUp.run(
                List.of(up.child()),
                bench.amounts().whole().warmUpLoads() / 2, // the first seconds were also load
                () -> wrk.run(
                                up.port(),
                                requests.hits(),
                                WholePart.CONNECTIONS[0],
                                bench.amounts().warmUp())
                        .answered());
    }

    /** Writes every counter once, and then a log with the skew of the load. */
    private void fill(Standalone up) {
        up.http().post("/v1/events", lines(IntStream.range(0, WholeRequests.COUNTERS)));
        SkewedCounters skewed = new SkewedCounters(WholeRequests.COUNTERS, SEED);
        for (int filled = 0; filled < bench.amounts().whole().filled(); filled += BATCH) {
            up.http().post("/v1/events", lines(IntStream.range(0, BATCH).map(i -> skewed.next())));
        }
        Totals.awaitCounted(up.http(), up.broker(), Workbench.PARTITIONS);
    }

    private static String lines(IntStream counters) {
        return counters.mapToObj(BenchCounters::eventJson).collect(Collectors.joining("\n"));
    }

    /** @return the steady rate of {@code up} at the lowest number of connections */
    private Series compareWrites(Standalone up) {
        Optional<Series> steady = Optional.empty();
        for (int connections : WholePart.CONNECTIONS) {
            String heading = "POST of single hits, counting, " + connections + " connections";
            Comparison comparison = gateway.isPresent()
                    ? bench.report().compare(heading, WholePart.UP, WholePart.WEBDIS)
                    : bench.report().compare(heading, WholePart.UP);
            for (int run = 0; run < bench.amounts().runs(); run++) {
                bench.report().add(comparison, WholePart.UP, post(up, connections));
                gateway.ifPresent(redis -> bench.report().add(comparison, WholePart.WEBDIS, incr(redis, connections)));
            }
            Optional<Series> ratio = gateway.flatMap(redis -> comparison.ratio(WholePart.WEBDIS, HttpFigures.RATE));
            bench.report().floor(RedisGateway.orMissing(Floors.postOverIncr(connections, ratio)));
            steady = steady.or(() -> comparison.series(WholePart.UP, HttpFigures.RATE));
        }
        return steady.orElseThrow();
    }

    private Run post(Standalone up, int connections) {
        Acknowledged acknowledged = new Acknowledged(up.broker(), Workbench.PARTITIONS);
        HttpFigures.Measured measured = HttpFigures.measure(
                Map.of(WholePart.UP, up.child()),
                () -> wrk.run(
                        up.http().port(),
                        requests.hits(),
                        connections,
                        bench.amounts().whole().window()));
        acknowledged.verify(measured.result().answered());
        Totals.awaitCounted(up.http(), up.broker(), Workbench.PARTITIONS);
        return measured.run();
    }

    private Run incr(RedisGateway redis, int connections) {
        long before = redis.total(WholeRequests.COUNTERS);
        HttpFigures.Measured measured = HttpFigures.measure(
                redis.processes(),
                () -> wrk.run(
                        redis.webdis().port(),
                        requests.redisHits(),
                        connections,
                        bench.amounts().whole().window()));
        redis.verify(before, measured.result().answered());
        return measured.run();
    }

    private void reportIdle(Standalone up, double justStarted) {
        double afterLoad = IdleCpu.percentAfter(
                up.child(),
                bench.amounts().whole().settle(),
                bench.amounts().whole().idle());
        Comparison comparison = bench.report().compare("without requests", WholePart.UP);
        bench.report()
                .add(
                        comparison,
                        WholePart.UP,
                        new Run().put(JUST_STARTED, justStarted).put(AFTER_LOAD, afterLoad));
        bench.report().floor(Floors.idle(comparison.series(WholePart.UP, AFTER_LOAD)));
    }
}
