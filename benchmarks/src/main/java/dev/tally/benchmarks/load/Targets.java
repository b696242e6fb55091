package dev.tally.benchmarks.load;

/** The targets of requests about the benchmark's counters. */
final class Targets {
    static final String BATCH = "/v1/events";

    private Targets() {}

    static String counter(int number) {
        return "/v1/counters/" + BenchCounters.NAMESPACE + "/" + BenchCounters.counter(number);
    }

    /** The read of a counter that waits until a receipt is counted. */
    static String after(String counter, String receipt) {
        return counter + "?after=" + receipt + "&wait=30s";
    }
}
