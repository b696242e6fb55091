package dev.tally.ingest.log;

/**
 * Whether appends to the log are expected to succeed.
 *
 * @param detail one sentence for people
 */
public record LogState(boolean ready, String detail) {}
