package dev.tally.benchmarks.part;

import java.time.Duration;

/**
 * How much the part <em>whole</em> measures.
 *
 * @param starts how often {@code up} is started to measure its first seconds
 * @param first the load from the start on, one second longer than is evaluated, because wrk takes a moment to begin
 * @param window the duration of the load in each measured run
 * @param warmUpLoads the minimum number of loads that warm up new processes
 * @param filled the number of events before the first seconds are measured
 * @param settle how long after a load {@code up} is left idle before its idle CPU is measured
 * @param idle how long its CPU is then measured
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
