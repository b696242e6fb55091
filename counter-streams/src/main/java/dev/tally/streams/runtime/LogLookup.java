package dev.tally.streams.runtime;

import org.jspecify.annotations.Nullable;

/** Queries Kafka about a partition of the log. Blocks; throws LogUnavailableException if Kafka does not answer in time. */
interface LogLookup {
    Bounds bounds(int partition);

    /** The offset of the first record that is still there. */
    long begin(int partition);

    /**
     * The first committed record between two offsets.
     *
     * @param to exclusive, at most the log's end
     * @return null if there are only transaction markers and records of aborted transactions
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if {@code from} was deleted during the lookup
     */
    @Nullable
    Found first(int partition, long from, long to);

    /**
     * @param begin the offset of the first record that is still there
     * @param end the last stable offset: the offset after the last readable record, before any open transaction
     * @param committed the committed offset of the group, exclusive; {@link #NOTHING} if there is none
     * @param changelogEnd 0 if the partition's changelog has never had a record
     */
    record Bounds(long begin, long end, long committed, long changelogEnd) {
        static final long NOTHING = -1;
    }

    /** @param appendTime milliseconds since 1970 */
    record Found(long offset, long appendTime) {}
}
