package dev.tally.schemas.read;

/** An event that was applied: where it is in the log, and what it did. */
public record AppliedEvent(Receipt receipt, EventContent content) {}
