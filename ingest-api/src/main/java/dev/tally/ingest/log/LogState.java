package dev.tally.ingest.log;

/**
 * Whether the log can be expected to take appends.
 *
 * @param detail one sentence for people
 */
public record LogState(boolean ready, String detail) {}
