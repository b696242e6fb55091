package dev.tally.schemas.read;

import java.time.Instant;

/**
 * A counter's total.
 *
 * @param total the exact count of the counter's events on its partition
 * @param updatedAt the stream time of the last event that changed it
 */
public record Total(long total, Instant updatedAt) {}
