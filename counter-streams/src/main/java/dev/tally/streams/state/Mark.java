package dev.tally.streams.state;

/**
 * How far a partition of the log has been applied: the offset of the last record the fold has dealt with, counted, dropped
 * or rejected, its append time, by which a log that was replaced is recognised, and the log time, which is the running maximum of
 * the append times up to it.
 *
 * <p>Changed by the partition's stream thread after every record, last of all; read by any thread.
 */
final class Mark extends SequenceLock {
    /** The offset and the log time before the first record. */
    static final long NOTHING = -1;

    private long offset = NOTHING;
    private long logTime = NOTHING;
    private long appendTime = NOTHING;

    /** Fold thread only. */
    long offset() {
        return offset;
    }

    /** Fold thread only: milliseconds since 1970. */
    long logTime() {
        return logTime;
    }

    /** Fold thread only: of the record at the offset, milliseconds since 1970. */
    long appendTime() {
        return appendTime;
    }

    void set(long newOffset, long newLogTime, long newAppendTime) {
        beginChange();
        offset = newOffset;
        logTime = newLogTime;
        appendTime = newAppendTime;
        endChange();
    }

    CounterView.Position position() {
        while (true) {
            int seen = beginRead();
            long readOffset = offset;
            long readLogTime = logTime;
            if (!changedSince(seen)) {
                return new CounterView.Position(readOffset, readLogTime);
            }
        }
    }
}
