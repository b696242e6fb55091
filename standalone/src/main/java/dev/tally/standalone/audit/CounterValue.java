package dev.tally.standalone.audit;

/**
 * A counter that exists.
 *
 * @param updatedAtMillis the stream time of the last event that was applied to it, in milliseconds since 1970
 */
public record CounterValue(long total, long updatedAtMillis) {}
