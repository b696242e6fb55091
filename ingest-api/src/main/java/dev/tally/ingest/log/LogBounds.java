package dev.tally.ingest.log;

import java.time.Duration;

/**
 * The bounds of the log.
 *
 * @param eventsMax events accepted and not yet answered; at least as many as a batch may have
 * @param bytesMax bytes of the same, with what each costs the heap
 * @param closeTimeout how long closing waits for what is in flight
 */
public record LogBounds(int eventsMax, long bytesMax, Duration closeTimeout) {
    public static final LogBounds DEFAULT = new LogBounds(100_000, 64L << 20, Duration.ofSeconds(5));
}
