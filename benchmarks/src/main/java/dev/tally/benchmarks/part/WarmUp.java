package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.CpuWindow;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Load on a server before it is measured, until its CPU time per request no longer falls: a server whose code is still
 * being compiled would lose against one that has been up for longer.
 */
final class WarmUp {
    private static final int LOADS_MIN = 3;
    private static final int LOADS_MAX = 10;
    /** A load that costs at least so much of what the one before it cost is no real progress any more. */
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

    /** @param load puts the load on the server, and says how many requests were answered */
    static void run(HttpChild server, LongSupplier load) {
        run(List.of(server.child()), LOADS_MIN, load);
    }

    /**
     * The same with several servers, whose CPU time counts together.
     *
     * @param loadsMin how many loads there are at least
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
