package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The end of every partition of the log, as the brokers last told it: what an answer's lag is measured against.
 *
 * <p>{@link #refresh} is called by one thread and does not wait; {@link #latest} by any thread.
 */
public final class LogEnd {
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
    /** An end older than this measures nothing any more. */
    private static final Duration AGE_MAX = Duration.ofSeconds(10);

    private final Admin admin;
    private final int partitions;
    private final Map<TopicPartition, OffsetSpec> request;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Ends latest;

    LogEnd(Admin admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
        this.request = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    }

    /** The ends of all partitions; null while nobody can tell. */
    public @Nullable Ends latest() {
        Ends ends = latest;
        return ends != null && ends.checkedAt().plus(AGE_MAX).isAfter(Instant.now()) ? ends : null;
    }

    /**
     * Asks anew.
     *
     * @param applied by partition, the offset of the last record that the state holds, as of now; -1 where that is unknown
     * @param whenShorter told in one sentence if the log turns out to end before what the state holds of it
     */
    void refresh(long[] applied, Consumer<String> whenShorter) {
        if (!asking.compareAndSet(false, true)) {
            return; // the last question is still out
        }
        // Committed records only: what an open transaction of some other writer appended cannot be applied yet.
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

    /** An end asked for after a record was applied lies behind that record, unless the log was replaced or cut off. */
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
     * All ends at one time.
     *
     * @param offsets by partition, the offset that the next record would have got
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed
    public record Ends(long[] offsets, Instant checkedAt) {
        /**
         * How many records the log is known to hold beyond {@code offset}; -1 stands for the place before the first record.
         *
         * @param applied the offset of the last record applied, which was read from the log perhaps after these ends were
         */
        public long lag(int partition, long offset, long applied) {
            return Math.max(0, Math.max(offsets[partition], applied + 1) - (offset + 1));
        }
    }
}
