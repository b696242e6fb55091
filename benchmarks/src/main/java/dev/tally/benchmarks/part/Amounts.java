package dev.tally.benchmarks.part;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param runs the number of runs of each side, in alternation
 * @param warmUp the duration of one of the loads that warm a server up
 * @param window the duration of the load in each measured run
 * @param events the number of events to be counted
 * @param counters the number of counters that those events are spread over
 * @param manyCounters the number of counters in one namespace, to be listed
 * @param whole what the part <em>whole</em> measures
 */
public record Amounts(
        int runs, Duration warmUp, Duration window, int events, int counters, int manyCounters, WholeAmounts whole) {
    public static Amounts full(int runs) {
        return new Amounts(
                runs, Duration.ofSeconds(5), Duration.ofSeconds(6), 4_000_000, 100_000, 1_000_000, WholeAmounts.full());
    }

    public static Amounts quick(int runs) {
        return new Amounts(
                runs, Duration.ofSeconds(2), Duration.ofSeconds(3), 1_000_000, 100_000, 100_000, WholeAmounts.quick());
    }
}
