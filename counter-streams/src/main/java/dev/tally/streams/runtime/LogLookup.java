package dev.tally.streams.runtime;

import org.jspecify.annotations.Nullable;

/** What Kafka says of a partition of the log. Blocks, and throws LogUnavailableException if Kafka does not say it in time. */
interface LogLookup {
    Bounds bounds(int partition);

    /** The offset of the first record that is still there. */
    long begin(int partition);

    /**
     * The first committed record from one offset to another.
     *
     * @param to exclusive, at most the log's end
     * @return null if there are only markers of transactions and records of aborted ones
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if {@code from} was deleted meanwhile
     */
    @Nullable
    Found first(int partition, long from, long to);

    /**
     * @param begin the offset of the first record that is still there
     * @param end the offset behind the last record that may be read: an open transaction ends it
     * @param committed up to which offset, exclusive, the group has committed; {@link #NOTHING} if it has not
     * @param changelogEnd 0 if the partition's changelog has never had a record
     */
    record Bounds(long begin, long end, long committed, long changelogEnd) {
        static final long NOTHING = -1;
    }

    /** @param appendTime milliseconds since 1970 */
    record Found(long offset, long appendTime) {}
}
