package dev.tally.streams.state;

/**
 * One counter as of one event, read without tearing.
 *
 * @param exists false for a counter that was deleted and not written since
 * @param total its total; 0 when it does not exist
 * @param adds how many ADDs were applied since it came to exist
 * @param sets how many SETs were applied since it came to exist
 * @param duplicates how many duplicates were dropped since it came to exist
 * @param deletes how often it was deleted, ever
 * @param firstOffset the offset of the event that made it exist
 * @param firstTime the stream time of that event, in milliseconds since 1970
 * @param lastOffset the offset of the last event that was applied to it, its deletion included
 * @param lastTime the stream time of that event, in milliseconds since 1970
 */
public record CounterSnapshot(
        boolean exists,
        long total,
        long adds,
        long sets,
        long duplicates,
        long deletes,
        long firstOffset,
        long firstTime,
        long lastOffset,
        long lastTime) {}
