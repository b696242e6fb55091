package dev.tally.benchmarks.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The CPU time of processes since a given moment. */
public final class CpuWindow {
    private final Map<Child, Duration> before = new HashMap<>();

    private CpuWindow() {}

    /** Opens a window now. */
    public static CpuWindow open(List<Child> children) {
        CpuWindow window = new CpuWindow();
        children.forEach(child -> window.before.put(child, child.cpu()));
        return window;
    }

    /** The CPU time that the process has used since the window was opened, in microseconds. */
    public double micros(Child child) {
        return child.cpu()
                        .minus(Objects.requireNonNull(before.get(child), child.name()))
                        .toNanos()
                / 1e3;
    }
}
