package dev.tally.benchmarks.part;

import java.time.Duration;

/**
 * How much the part <em>whole</em> measures.
 *
 * @param starts how often {@code up} is started to measure its first seconds
 * @param first the load from the start on, a second longer than is looked at: wrk takes a moment to begin
 * @param window load in each measured run
 * @param warmUpLoads how many loads warm up new processes, at least
 * @param filled how many events there are before the first seconds are measured
 * @param settle how long after a load {@code up} is left alone before it counts as idle
 * @param idle how long its CPU is then watched
 */
public record WholeAmounts(
        int starts, Duration first, Duration window, int warmUpLoads, int filled, Duration settle, Duration idle) {
    static WholeAmounts full() {
        return new WholeAmounts(
                2,
                Duration.ofSeconds(31),
                Duration.ofSeconds(4),
                10,
                400_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));
    }

    static WholeAmounts quick() {
        return new WholeAmounts(
                1,
                Duration.ofSeconds(13),
                Duration.ofSeconds(3),
                12,
                100_000,
                Duration.ofSeconds(8),
                Duration.ofSeconds(5));
    }
}
