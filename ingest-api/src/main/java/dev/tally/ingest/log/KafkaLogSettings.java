package dev.tally.ingest.log;

import java.time.Duration;

/**
 * The bounds of the log.
 *
 * @param inFlightEventsMax events accepted and not yet answered; at least as many as a batch may have
 * @param inFlightBytesMax bytes of the same
 * @param closeTimeout how long closing waits for what is in flight
 */
public record KafkaLogSettings(int inFlightEventsMax, long inFlightBytesMax, Duration closeTimeout) {
    public static final KafkaLogSettings DEFAULT = new KafkaLogSettings(100_000, 64L << 20, Duration.ofSeconds(5));
}
