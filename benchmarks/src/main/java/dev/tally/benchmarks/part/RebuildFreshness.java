package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.EventLoader;
import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.VisibleLoad;
import dev.tally.benchmarks.load.VisibleResult;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How soon a write can be read during a rebuild, from its request to its end, and without one: {@code up} under writes at a fixed
 * rate, for about the same time.
 */
final class RebuildFreshness {
    private static final int COUNTERS = 4_000;
    private static final int WRITES_PER_SECOND = 1_000;
    private static final int READERS = 1_000;
    private static final int REQUESTS = 16_384;
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final long SEED = 7;
    private static final Duration REBUILT_WITHIN = Duration.ofMinutes(5);
    private static final String REBUILD = "during a rebuild";
    private static final String NONE = "no rebuild";
    private static final Measure EVENTS = new Measure("events in the log at the end", 0);
    private static final Measure SECONDS = new Measure("seconds", 1);

    private final Workbench bench;
    private final Standalone up;
    private final VisibleLoad load;

    private RebuildFreshness(Workbench bench, Standalone up) {
        this.bench = bench;
        this.up = up;
        this.load = new VisibleLoad(up.http().port(), COUNTERS, WRITES_PER_SECOND, READERS, SEED);
    }

    static void measure(Workbench bench) {
        Standalone up = bench.startUp(bench.newDirectory("rebuild-up-data"));
        EventLoader.load(
                up.broker().bootstrapServers(),
                Workbench.PARTITIONS,
                bench.amounts().events(),
                bench.amounts().counters(),
                Duration.ZERO,
                0);
        new RebuildFreshness(bench, up).measure();
        bench.end(up.http());
    }

    private void measure() {
        RequestList hits = RequestList.hits(bench.directory(), COUNTERS, REQUESTS, SEED);
        WarmUp.run(bench, bench.wrk(), up.http(), hits, WARM_UP_CONNECTIONS);
        WarmUp.run(up.http(), () -> load.readEachWrite(bench.amounts().warmUp()).asked());
        Comparison comparison = bench.report()
                .compare(String.format(Locale.ROOT, "reads of %,d writes a second", WRITES_PER_SECOND), REBUILD, NONE);
        for (int run = 1; run <= bench.amounts().runs(); run++) {
            Child rebuild = tally("rebuild", "--yes");
            double seconds =
                    add(comparison, REBUILD, () -> load.readEachWriteUntil(() -> !rebuild.isAlive(), REBUILT_WITHIN));
            rebuild.awaitEnd();
            bench.children().end(rebuild);
            Child drop = tally("drop", "g" + run);
            load.readEachWriteUntil(() -> !drop.isAlive(), REBUILT_WITHIN);
            drop.awaitEnd();
            bench.children().end(drop);
            add(comparison, NONE, () -> load.readEachWrite(Duration.ofMillis((long) (seconds * 1e3))));
        }
    }

    private double add(Comparison comparison, String side, Supplier<VisibleResult> reads) {
        CpuWindow cpu = CpuWindow.open(List.of(up.child()));
        VisibleResult result = reads.get();
        Run figures = VisiblePart.figures(result, cpu.micros(up.child()))
                .put(SECONDS, result.seconds())
                .put(EVENTS, (double) up.broker().records(Topics.EVENTS, Workbench.PARTITIONS));
        bench.report().add(comparison, side, figures);
        return result.seconds();
    }

    private Child tally(String command, String argument) {
        return bench.children()
                .start(
                        command,
                        Map.of("TALLY_KAFKA_BOOTSTRAP_SERVERS", up.broker().bootstrapServers()),
                        List.of(bench.tally().toString(), command, argument));
    }
}
