package dev.tally.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time in which the benchmark does nothing, so that it does not disturb what it measures. */
public final class Pause {
    private Pause() {}

    public static void of(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while leaving the servers alone", e);
        }
    }
}
