package dev.tally.standalone.audit;

import org.jspecify.annotations.Nullable;

/** The log of events and the feed of totals, as a consumer of committed records sees them. For one thread. */
public interface EventLog extends AutoCloseable {
    /** Receives records in offset order. */
    interface Visitor {
        /** @param appendTime in milliseconds since 1970 */
        void visit(long offset, long appendTime, byte @Nullable [] key, byte @Nullable [] value);
    }

    /** The number of partitions of {@code tally.events}. */
    int partitions();

    /** The offset of the first record of a partition that has not been deleted. */
    long start(int partition);

    /** The offset after the last committed record of a partition. */
    long end(int partition);

    /**
     * Reads a partition of {@code tally.events} from offset 0.
     *
     * @param last the last offset to read, which is below {@link #end}
     * @throws AuditFailedException if records were deleted, or Kafka does not respond
     */
    void read(int partition, long last, Visitor visitor);

    /** Reads all of {@code tally.totals} to its current end. */
    void readTotals(Visitor visitor);

    @Override
    void close();
}
