package dev.tally.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** The names of the benchmark's counters: {@code bench/c-0}, {@code bench/c-1}, … */
public final class BenchCounters {
    public static final String NAMESPACE = "bench";

    private BenchCounters() {}

    public static String counter(int number) {
        return "c-" + number;
    }

    /** The key of the counter in every topic. */
    public static byte[] key(int number) {
        return (NAMESPACE + "/" + counter(number)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of the counter in Redis. It has no slash, which would end it in the path of a request. */
    public static String redisKey(int number) {
        return NAMESPACE + ":" + counter(number);
    }

    /** One hit on the counter, as a line of a batch. */
    public static String eventJson(int number) {
        return eventJson(number, 1);
    }

    /** An event that adds {@code delta} to the counter, as a line of a batch. */
    public static String eventJson(int number, long delta) {
        return eventJson(NAMESPACE, number, delta);
    }

    /** The same in another namespace. */
    public static String eventJson(String namespace, int number, long delta) {
        return "{\"namespace\":\"" + namespace + "\",\"counter\":\"" + counter(number) + "\",\"delta\":" + delta + "}";
    }
}
