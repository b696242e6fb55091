package dev.tally.streams.topology;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of processed records since the process started, over all its partitions.
 *
 * <p>{@code records processed = applied + duplicate + rejected + skipped}. A record is skipped if the state already includes it,
 * which happens only if the group's offsets were lost and the log is read again.
 */
public final class CountingMetrics {
    private final LongAdder applied = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final Map<Rejection, LongAdder> rejected = new EnumMap<>(Rejection.class);

    public CountingMetrics() {
        for (Rejection rejection : Rejection.values()) {
            rejected.put(rejection, new LongAdder());
        }
    }

    public long applied() {
        return applied.sum();
    }

    /** Events dropped because their ID was already applied. */
    public long duplicate() {
        return duplicate.sum();
    }

    public long skipped() {
        return skipped.sum();
    }

    public long rejected(Rejection rejection) {
        return adder(rejection).sum();
    }

    void countApplied() {
        applied.increment();
    }

    void countDuplicate() {
        duplicate.increment();
    }

    void countSkipped() {
        skipped.increment();
    }

    void countRejected(Rejection rejection) {
        adder(rejection).increment();
    }

    private LongAdder adder(Rejection rejection) {
        LongAdder adder = rejected.get(rejection);
        if (adder == null) {
            throw new AssertionError(rejection);
        }
        return adder;
    }
}
