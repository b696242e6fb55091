package dev.tally.streams.state;

/**
 * How far a partition of the log has been applied: the offset of the last record that counting has processed: counted, dropped
 * or rejected, its append time, by which a log that was replaced is recognised, and the stream time, which is the running maximum of
 * the append times up to it.
 *
 * <p>Changed by the partition's stream thread after every record, last of all; read by any thread.
 */
final class AppliedOffset extends SequenceLock {
    /** The offset and the stream time before the first record. */
    static final long NOTHING = -1;

    private long offset = NOTHING;
    private long streamTime = NOTHING;
    private long appendTime = NOTHING;

    /** Stream thread only. */
    long offset() {
        return offset;
    }

    /** Stream thread only: milliseconds since 1970. */
    long streamTime() {
        return streamTime;
    }

    /** Stream thread only: of the record at the offset, milliseconds since 1970. */
    long appendTime() {
        return appendTime;
    }

    void set(long newOffset, long newStreamTime, long newAppendTime) {
        beginChange();
        offset = newOffset;
        streamTime = newStreamTime;
        appendTime = newAppendTime;
        endChange();
    }

    CounterView.Position position() {
        while (true) {
            int seen = beginRead();
            long readOffset = offset;
            long readStreamTime = streamTime;
            if (!changedSince(seen)) {
                return new CounterView.Position(readOffset, readStreamTime);
            }
        }
    }
}
