package dev.tally.streams.runtime;

/**
 * How far the partitions of {@code tally.events} that an instance serves are counted.
 *
 * @param counted the number of offsets up to the applied offsets
 * @param log the number of offsets up to the log's end
 */
public record CountedRecords(long counted, long log) {
    /** The number of records that are not counted yet. */
    public long lag() {
        return log - counted;
    }
}
