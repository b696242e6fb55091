package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RequestList;
import java.nio.file.Path;

/** The same skewed hits and reads of 4,000 counters, as Tally takes them and as webdis does. */
record WholeRequests(RequestList hits, RequestList reads, RequestList redisHits, RequestList redisReads) {
    static final int COUNTERS = 4_000;
    private static final int REQUESTS = 16_384;
    private static final long SEED = 2;

    static WholeRequests write(Path directory) {
        return new WholeRequests(
                RequestList.hits(directory, COUNTERS, REQUESTS, SEED),
                RequestList.reads(directory, COUNTERS, REQUESTS, SEED),
                RequestList.redis(directory, "INCR", COUNTERS, REQUESTS, SEED),
                RequestList.redis(directory, "GET", COUNTERS, REQUESTS, SEED));
    }
}
