package dev.tally.benchmarks.load;

/** The request targets for the benchmark's counters. */
final class Targets {
    static final String BATCH = "/v1/events";

    private Targets() {}

    static String counter(int number) {
        return "/v1/counters/" + BenchCounters.NAMESPACE + "/" + BenchCounters.counter(number);
    }

    /** A read of a counter that waits until the receipt is counted. */
    static String after(String counter, String receipt) {
        return counter + "?after=" + receipt + "&wait=30s";
    }
}
