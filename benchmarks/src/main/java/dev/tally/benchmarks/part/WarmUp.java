package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.CpuWindow;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Load on a server before it is measured, until its CPU time per request no longer falls. Otherwise a server whose code
 * is still being compiled would be at a disadvantage against one that has been running for longer.
 */
final class WarmUp {
    private static final int LOADS_MIN = 3;
    private static final int LOADS_MAX = 10;
    /** A load is settled if it costs at least this share of the previous one. */
    private static final double SETTLED = 0.95;

    private WarmUp() {}

    static void run(Workbench bench, Wrk wrk, HttpChild server, RequestList requests, int connections) {
        run(
                server,
                () -> wrk.run(
                                server.port(),
                                requests,
                                connections,
                                bench.amounts().warmUp())
                        .answered());
    }

    /** @param load runs the load, and returns the number of answered requests */
    static void run(HttpChild server, LongSupplier load) {
        run(List.of(server.child()), LOADS_MIN, load);
    }

    /**
     * The same with several servers, whose CPU times are added.
     *
     * @param loadsMin the minimum number of loads
     */
    static void run(List<Child> servers, int loadsMin, LongSupplier load) {
        double before = Double.MAX_VALUE;
        for (int loads = 1; loads <= Math.max(loadsMin, LOADS_MAX); loads++) {
            CpuWindow cpu = CpuWindow.open(servers);
            long answered = load.getAsLong();
            double perRequest = servers.stream().mapToDouble(cpu::micros).sum() / Math.max(1, answered);
            if (loads >= loadsMin && perRequest >= before * SETTLED) {
                return;
            }
            before = perRequest;
        }
    }
}
