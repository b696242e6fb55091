package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.process.Pause;
import java.time.Duration;
import java.util.List;

/** The CPU of a process that gets no requests. */
final class IdleCpu {
    private static final double NANOS_PER_MICRO = 1e3;

    private IdleCpu() {}

    /** Measures after the process has been idle for a while. */
    static double percentAfter(Child child, Duration settle, Duration watched) {
        Pause.of(settle);
        return percent(child, watched);
    }

    /** Measures from now on, in percent of one core. */
    static double percent(Child child, Duration watched) {
        CpuWindow cpu = CpuWindow.open(List.of(child));
        long began = System.nanoTime();
        Pause.of(watched);
        return 100 * cpu.micros(child) * NANOS_PER_MICRO / (System.nanoTime() - began);
    }
}
