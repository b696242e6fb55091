package dev.tally.schemas.read;

/** An event that was applied: its receipt and its content. */
public record AppliedEvent(Receipt receipt, EventContent content) {}
