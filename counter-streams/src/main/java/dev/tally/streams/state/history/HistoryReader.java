package dev.tally.streams.state.history;

import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Assembles the history of a counter from its own entry and the entries of its buckets. {@link #open} takes a snapshot of the
 * latter; the state may change between it and {@link #read}. For one thread.
 */
public final class HistoryReader implements AutoCloseable {
    private final HistoryRange range;
    private long earliest;

    private final List<KeyValueIterator<Bytes, byte[]>> periods = new ArrayList<>();

    public HistoryReader(HistoryRange range) {
        this.range = range;
    }

    /**
     * Opens an iterator for each period in the range.
     *
     * @param firstRetained the first retained bucket
     */
    public void open(KeyValueStore<Bytes, byte[]> store, byte[] counter, long firstRetained) {
        earliest = firstRetained;
        Step step = range.step();
        long perPeriod = BucketKey.bucketsOfPeriod(step);
        long to = Math.min(range.to(), step.bucket(BucketKey.MILLIS_MAX) + 1);
        long from = Math.max(range.from(), earliest);
        while (from < to) {
            long end = Math.min(to, (BucketKey.period(step, from) + 1) * perPeriod);
            // From the start of the period: an entry with an earlier first bucket may contain later buckets.
            Bytes start = BucketKey.of(step, counter, BucketKey.startOfPeriod(step, from));
            periods.add(store.range(start, BucketKey.of(step, counter, end - 1)));
            from = end;
        }
    }

    /**
     * Reads the history.
     *
     * @param open the buckets in the counter's own entry, as of the time of {@link #open}
     * @param life the offset of the event that created the counter
     */
    public History read(OpenBuckets open, long life) {
        if (earliest == HistoryRetention.NOT_KEPT) {
            return new History(null, List.of());
        }
        long from = Math.max(range.from(), earliest);
        TreeMap<Long, WideSum> sums = new TreeMap<>();
        LeftBuckets.Each add = (bucket, sum) -> {
            if (bucket >= from && bucket < range.to()) {
                sums.merge(bucket, sum, WideSum::plus);
            }
        };
        for (KeyValueIterator<Bytes, byte[]> period : periods) {
            while (period.hasNext()) {
                StoredBuckets stored = StoredBuckets.read(period.next().value);
                if (stored.life() == life) {
                    stored.buckets().each(add);
                }
            }
        }
        if (!open.isEmpty()) {
            open.left(range.step()).each(add);
            add.bucket(open.bucket(range.step()), open.sum(range.step()));
        }
        return new History(
                earliest,
                sums.entrySet().stream()
                        .map(bucket -> new History.Bucket(
                                bucket.getKey(), bucket.getValue().toBigInteger()))
                        .toList());
    }

    @Override
    public void close() {
        periods.forEach(KeyValueIterator::close);
    }
}
