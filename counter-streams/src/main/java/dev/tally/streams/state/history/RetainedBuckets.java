package dev.tally.streams.state.history;

import dev.tally.schemas.read.Step;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The retained buckets of all counters as of one stream time, in whatever entries they are. The sum of a bucket is the sum over all
 * parts that are visited. Immutable.
 */
public final class RetainedBuckets {
    private final HistoryRetention retention;
    private final long streamTime;

    /** Receives parts of buckets. */
    public interface Each {
        /**
         * @param number the bucket, see {@link Step#bucket}
         * @param high the upper half of the part's sum as a 128-bit number
         * @param low the lower half
         */
        void part(Step step, long number, long high, long low);
    }

    public RetainedBuckets(HistoryRetention retention, long streamTime) {
        this.retention = retention;
        this.streamTime = streamTime;
    }

    /** Visits the buckets in a counter's own entry. */
    public void ofCounter(OpenBuckets open, Each each) {
        if (open.isEmpty()) {
            return;
        }
        for (Step step : Step.values()) {
            long earliest = retention.earliest(step, streamTime);
            if (open.hasLeft()) {
                open.left(step).each((number, sum) -> visit(step, number, sum, earliest, each));
            }
            visit(step, open.bucket(step), open.sum(step), earliest, each);
        }
    }

    /**
     * Opens iterators over the entries that can contain retained buckets. They see the store as of now.
     *
     * @param opened receives each of them, also those before one that cannot be opened
     */
    public void open(KeyValueStore<Bytes, byte[]> store, Consumer<KeyValueIterator<Bytes, byte[]>> opened) {
        for (Step step : Step.values()) {
            long earliest = retention.earliest(step, streamTime);
            if (earliest != HistoryRetention.NOT_KEPT) {
                Bytes from = BucketKey.startOf(step, BucketKey.period(step, earliest));
                opened.accept(store.range(from, BucketKey.endOf(step)));
            }
        }
    }

    /** Visits the buckets of an entry. */
    public void ofEntry(StoredEntry entry, Each each) {
        Step step = entry.step();
        long earliest = retention.earliest(step, streamTime);
        entry.buckets().each((number, sum) -> visit(step, number, sum, earliest, each));
    }

    private static void visit(Step step, long number, WideSum sum, long earliest, Each each) {
        if (number >= earliest) {
            each.part(step, number, sum.high(), sum.low());
        }
    }
}
