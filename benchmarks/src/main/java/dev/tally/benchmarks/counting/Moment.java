package dev.tally.benchmarks.counting;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** A point in time: on the clock and in the CPU time of this process, both in nanoseconds. */
record Moment(long clockNanos, long cpuNanos) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Moment now() {
        return new Moment(System.nanoTime(), SYSTEM.getProcessCpuTime());
    }
}
