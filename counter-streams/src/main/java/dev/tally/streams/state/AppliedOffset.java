package dev.tally.streams.state;

/**
 * The applied offset of a partition, which is the offset of the last record that counting has processed (counted, dropped or
 * rejected), with two times. The append time of that record identifies a log that was replaced. The stream time is the maximum
 * append time up to that record.
 *
 * <p>The partition's stream thread changes it as the last step of every record; any thread may read it.
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

    /** Stream thread only: append time of the record at the offset, milliseconds since 1970. */
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
