package dev.tally.streams.state.store;

import dev.tally.streams.state.log.LogCheck;

/** Determines which record of a partition may be applied next. For the stream thread that owns the partition. */
final class NextRecord {
    private final LogCheck log;
    private int partition;
    /** It is verified that there are no unapplied records before this offset. */
    private long from;

    NextRecord(LogCheck log) {
        this.log = log;
    }

    /** Checks the restored state before it is used. Throws like {@link LogCheck#open}. */
    void open(int ofPartition, AppliedOffset applied) {
        partition = ofPartition;
        from = log.open(ofPartition, applied.offset(), applied.appendTime());
    }

    /** Whether the record is not yet applied. If false, the state already includes it. Throws like {@link LogCheck}. */
    boolean isNew(long offset, long appendTime, AppliedOffset applied) {
        if (offset > applied.offset()) {
            long expected = Math.max(from, applied.offset() + 1);
            if (offset > expected) {
                log.explainGap(partition, expected, offset);
            }
            return true;
        }
        if (offset == applied.offset()) {
            log.compare(partition, offset, applied.appendTime(), appendTime);
        }
        return false;
    }
}
