package dev.tally.streams.state;

import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Puts a counter's history together: from its own entry and from those of its buckets. */
final class HistoryReader {
    private HistoryReader() {}

    /** Opens an iterator for each period in the range, and adds it to those that the caller will close. */
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
            periods.add(store.range(BucketKey.of(step, counter, from), BucketKey.of(step, counter, end - 1)));
            from = end;
        }
    }

    /** Null if the counter does not exist. */
    static @Nullable History read(
            byte[] stored, HistoryRange range, long earliest, List<KeyValueIterator<Bytes, byte[]>> periods) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        CounterSnapshot counter = StateFormat.total(in);
        if (!counter.exists()) {
            return null;
        } else if (earliest == HistoryRetention.NOT_KEPT) {
            return new History(null, List.of());
        }
        TreeMap<Long, WideSum> sums = new TreeMap<>();
        for (KeyValueIterator<Bytes, byte[]> period : periods) {
            while (period.hasNext()) {
                KeyValue<Bytes, byte[]> entry = period.next();
                StoredBucket bucket = StoredBucket.read(entry.value);
                if (bucket.life() == counter.firstOffset()) {
                    sums.put(BucketKey.bucketOf(entry.key), bucket.sum());
                }
            }
        }
        OpenBuckets open = StateFormat.buckets(in);
        long newest = open.isEmpty() ? -1 : open.bucket(range.step());
        if (newest >= Math.max(range.from(), earliest) && newest < range.to()) {
            sums.merge(newest, open.sum(range.step()), WideSum::plus);
        }
        return new History(
                earliest,
                sums.entrySet().stream()
                        .map(bucket -> new History.Bucket(
                                bucket.getKey(), bucket.getValue().toBigInteger()))
                        .toList());
    }
}
