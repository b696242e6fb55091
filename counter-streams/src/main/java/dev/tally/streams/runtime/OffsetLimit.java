package dev.tally.streams.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The last offset of each partition that a running generation may process; without a limit it processes every record. The
 * instance of the limit belongs to one {@link StreamsRuntime}, for all its stream threads.
 *
 * <p>When {@link #set} returns, each poll that has no result yet returns no record beyond the limits. Records that were polled
 * before are processed regardless of the limits. To choose limits at which processing stops exactly, first withhold everything:
 * set each partition's limit to {@link #NO_RECORD} on all instances of the generation. The end offsets of the log that are looked
 * up after that are beyond every polled record; the last offsets before them are such limits.
 *
 * <p>A partition has stopped at its limit when its committed offset is greater than the limit: it is the limit plus one, or the
 * offset of the next record if the log continues with transaction markers or aborted records. If it was greater before, it
 * remains. Streams commits it within its commit interval after it has processed the last record. The committed offset does not
 * reach a limit beyond the end of the log. Nor does it move past markers or aborted records before the task has processed a
 * record since it was started: such a partition has stopped if the log has no record from the committed offset to the limit.
 *
 * <p>A limit applies to the partitions that this instance has now and to those that it is assigned later, which start at the
 * committed offset. Thread-safe.
 */
public final class OffsetLimit {
    /** The limit of a partition of which no record may be processed. */
    public static final long NO_RECORD = -1;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<Integer, Long> lastOffsets = Map.of();

    /**
     * Replaces all limits. A limit can be lower or higher than the one before. The stream threads continue with the partitions
     * whose limit was raised or removed, without waiting for the poll timeout.
     *
     * @param limits by partition, the last offset that may be processed; a partition without an entry has no limit
     */
    public void set(Map<Integer, Long> limits) {
        limits.forEach((partition, last) -> {
            if (last < NO_RECORD) {
                throw new IllegalArgumentException(
                        "limit of partition " + partition + ": " + last + " (expected: at least " + NO_RECORD + ")");
            }
        });
        lastOffsets = Map.copyOf(limits);
        listeners.forEach(Runnable::run);
    }

    /** Removes all limits. */
    public void lift() {
        set(Map.of());
    }

    /** By partition, the last offset that may be processed; a partition without an entry has no limit. */
    public Map<Integer, Long> limits() {
        return lastOffsets;
    }

    /** Whether any partition has a limit. */
    boolean isSet() {
        return !lastOffsets.isEmpty();
    }

    boolean allows(int partition, long offset) {
        Long last = lastOffsets.get(partition);
        return last == null || offset <= last;
    }

    /** @param listener called after each change, on the thread that makes it; must not block */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
