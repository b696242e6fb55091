package dev.tally.streams.change;

/**
 * Why this instance cannot count the live generation.
 *
 * @param sentence for the operator, with the action
 * @param isOfOtherLog whether events that its state includes are not in the log, so that its feeds are not right either
 */
public record Unusable(String sentence, boolean isOfOtherLog) {}
