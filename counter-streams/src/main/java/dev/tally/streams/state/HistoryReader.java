package dev.tally.streams.state;

import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Assembles the history of a counter from its own entry and the entries of its buckets. */
final class HistoryReader {
    private HistoryReader() {}

    /** Opens an iterator for each period in the range and adds it to {@code periods}, which the caller closes. */
    static void open(
            KeyValueStore<Bytes, byte[]> store,
            byte[] counter,
            HistoryRange range,
            long earliest,
            List<KeyValueIterator<Bytes, byte[]>> periods) {
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

    /** Returns null if the counter does not exist. */
    static @Nullable History read(
            byte[] entry, HistoryRange range, long earliest, List<KeyValueIterator<Bytes, byte[]>> periods) {
        ByteBuffer in = ByteBuffer.wrap(entry);
        CounterSnapshot counter = StateFormat.total(in);
        if (!counter.exists()) {
            return null;
        } else if (earliest == HistoryRetention.NOT_KEPT) {
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
                if (stored.life() == counter.firstOffset()) {
                    stored.buckets().each(add);
                }
            }
        }
        OpenBuckets open = StateFormat.buckets(in);
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
}
