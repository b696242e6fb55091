package dev.tally.streams.state;

/**
 * Holds the state of a partition against the log that it is made from. For the stream thread that owns the partition; each call
 * may block while Kafka is asked, in bounded time.
 *
 * <p>All methods throw {@link LogMismatchException} if the state must not go on with this log, and
 * {@link LogUnavailableException} if Kafka does not answer.
 */
public interface LogCheck {
    /** Takes every log as it comes: for tests that have no broker. */
    LogCheck NONE = new LogCheck() {
        @Override
        public long open(int partition, long applied, long appendTime) {
            return applied + 1;
        }

        @Override
        public void explainGap(int partition, long expected, long offset) {}

        @Override
        public void compare(int partition, long applied, long storedAppendTime, long appendTime) {}
    };

    /**
     * The restored state is about to be used.
     *
     * @param applied the applied offset, -1 if the state is empty
     * @param appendTime of the record at that offset, milliseconds since 1970
     * @return the lowest offset that the next record may have without being explained: {@code applied + 1} or more
     */
    long open(int partition, long applied, long appendTime);

    /** A record came at {@code offset}, and records from {@code expected} on did not: nothing that counts may lie between. */
    void explainGap(int partition, long expected, long offset);

    /** The record at the applied offset came again: it must be the same one. */
    void compare(int partition, long applied, long storedAppendTime, long appendTime);
}
