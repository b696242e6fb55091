package dev.tally.streams.state.log;

/**
 * Checks the state of a partition against the log. For the stream thread that owns the partition. Each call may block for
 * requests to Kafka, for a bounded time.
 *
 * <p>All methods throw {@link LogMismatchException} if the state does not match this log, and {@link LogUnavailableException} if
 * Kafka does not answer.
 */
public interface LogCheck {
    /** Accepts every log, for tests without a broker. */
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
     * Checks the restored state before it is used.
     *
     * @param applied the applied offset, -1 if the state is empty
     * @param appendTime the append time of the record at that offset, milliseconds since 1970
     * @return the lowest offset of the next record that needs no further explanation: {@code applied + 1} or more
     */
    long open(int partition, long applied, long appendTime);

    /** Checks a gap: the next record has {@code offset}, not {@code expected}. There must be no countable record in between. */
    void explainGap(int partition, long expected, long offset);

    /** Checks a record that was received again at the applied offset: it must be the same record. */
    void compare(int partition, long applied, long storedAppendTime, long appendTime);
}
