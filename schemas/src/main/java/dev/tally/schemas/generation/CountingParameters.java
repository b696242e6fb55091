package dev.tally.schemas.generation;

import java.time.Duration;

/**
 * The settings that a generation is counted with, in stream time. They are fixed when it is created: the same log and the same
 * parameters always give the same state.
 *
 * @param deduplicationWindow how long an id is remembered
 * @param minutes how long the buckets of a minute are kept; zero for not at all
 * @param hours of an hour
 * @param days of a day
 */
public record CountingParameters(Duration deduplicationWindow, Duration minutes, Duration hours, Duration days) {}
