package dev.tally.streams.state;

/** Which record of a partition may be applied next. For the stream thread that owns the partition. */
final class NextRecord {
    private final LogCheck log;
    private int partition;
    /** Records before this offset were looked for and are not there. */
    private long from;

    NextRecord(LogCheck log) {
        this.log = log;
    }

    /** The restored state is about to be used; throws as {@link LogCheck#open} does. */
    void open(int ofPartition, AppliedOffset applied) {
        partition = ofPartition;
        from = log.open(ofPartition, applied.offset(), applied.appendTime());
    }

    /** Whether the record is yet to be applied, else the state holds it; throws as {@link LogCheck} does. */
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
