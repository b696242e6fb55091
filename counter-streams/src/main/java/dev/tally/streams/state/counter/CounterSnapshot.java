package dev.tally.streams.state.counter;

/**
 * One counter as of one event, read without tearing.
 *
 * @param exists false for a counter that was deleted and not changed since
 * @param total the total; 0 if the counter does not exist
 * @param adds the number of ADDs applied since it was created
 * @param sets the number of SETs applied since it was created
 * @param duplicates the number of duplicates dropped since it was created
 * @param deletes how often it was deleted, over its whole history
 * @param firstOffset the offset of the event that created it
 * @param firstTime the stream time of that event, in milliseconds since 1970
 * @param lastOffset the offset of the last event that was applied to it, including its deletion
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
