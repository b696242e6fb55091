package dev.tally.ingest.log;

import java.time.Duration;

/**
 * The bounds of the log.
 *
 * @param eventsMax the maximum of events accepted and not yet answered; at least the maximum of a batch
 * @param bytesMax the maximum of bytes of those events, with the heap overhead of each
 * @param closeTimeout how long closing waits for in-flight appends
 */
public record LogBounds(int eventsMax, long bytesMax, Duration closeTimeout) {
    public static final LogBounds DEFAULT = new LogBounds(100_000, 64L << 20, Duration.ofSeconds(5));
}
