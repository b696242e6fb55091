package dev.tally.streams.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The end offset of every partition of the log, as the brokers last reported it. The lag of an answer is relative to it.
 *
 * <p>One thread calls {@link #refresh}, which does not wait; any thread may call {@link #latest}.
 */
public final class LogEnd {
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
    /** An end offset older than this is not used. */
    private static final Duration AGE_MAX = Duration.ofSeconds(10);

    private final Admin admin;
    private final int partitions;
    private final Map<TopicPartition, OffsetSpec> request;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Ends latest;

    LogEnd(Admin admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
        this.request = EventPartitions.offsets(partitions, OffsetSpec.latest());
    }

    /** The end offsets of all partitions; null while they are unknown. */
    public @Nullable Ends latest() {
        Ends ends = latest;
        return ends != null && ends.checkedAt().plus(AGE_MAX).isAfter(Instant.now()) ? ends : null;
    }

    /**
     * Requests the current end offsets.
     *
     * @param applied by partition, the current applied offset; -1 where it is unknown
     * @param whenShorter called with one sentence if the log ends before the applied offset
     */
    void refresh(long[] applied, Consumer<String> whenShorter) {
        if (!asking.compareAndSet(false, true)) {
            return; // the previous request is still in flight
        }
        // Committed records only: records of another producer's open transaction cannot be applied yet.
        ListOffsetsOptions options =
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs((int) ASK_TIMEOUT.toMillis());
        Instant askedAt = Instant.now();
        var unused = admin.listOffsets(request, options).all().whenComplete((answer, failure) -> {
            if (failure == null) {
                Ends ends = new Ends(offsets(answer), askedAt);
                latest = ends;
                compare(ends, applied, whenShorter);
            }
            asking.set(false);
        });
    }

    /** An end offset requested after a record was applied is after that record, unless the log was replaced or truncated. */
    private static void compare(Ends ends, long[] applied, Consumer<String> whenShorter) {
        for (int partition = 0; partition < applied.length; partition++) {
            if (applied[partition] >= ends.offsets()[partition]) {
                whenShorter.accept(LogDifference.lostEnd(partition, applied[partition], ends.offsets()[partition]));
                return;
            }
        }
    }

    private long[] offsets(Map<TopicPartition, ListOffsetsResultInfo> answer) {
        long[] offsets = new long[partitions];
        answer.forEach((partition, end) -> offsets[partition.partition()] = end.offset());
        return offsets;
    }

    /**
     * The end offsets of all partitions at one time.
     *
     * @param offsets by partition, the offset that the next record would have received
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed
    public record Ends(long[] offsets, Instant checkedAt) {
        /**
         * The number of records that the log is known to have after {@code offset}, which is -1 before the first record.
         *
         * @param applied the applied offset, which may be newer than these end offsets
         */
        public long lag(int partition, long offset, long applied) {
            return Math.max(0, Math.max(offsets[partition], applied + 1) - (offset + 1));
        }
    }
}
