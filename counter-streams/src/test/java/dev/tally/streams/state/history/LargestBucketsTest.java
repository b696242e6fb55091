package dev.tally.streams.state.history;

import static dev.tally.streams.state.entry.LargestEntry.filled;
import static dev.tally.streams.state.entry.LargestEntry.size;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Step;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** All entries with buckets, and the records of the feed, are far smaller than the default limit of a broker. */
class LargestBucketsTest {
    private static final byte[] KEY = filled(CounterName.KEY_BYTES_MAX);
    private static final long FAR = Long.MAX_VALUE;

    @Test
    void shouldBoundATotalWithItsBuckets() {
        // given
        OpenBuckets wide = new OpenBuckets();
        wide.storedAhead();
        wide.open(BucketKey.MILLIS_MAX / Step.MINUTE.length().toMillis());
        wide.add(Long.MIN_VALUE);
        wide.add(Long.MIN_VALUE);
        wide.add(Long.MIN_VALUE);
        for (Step step : Step.values()) {
            for (int i = 0; i < LeftBuckets.COUNT_MAX - 1; i++) {
                wide.left(step).append(i * (1L << 59), new WideSum(Long.MIN_VALUE, Long.MIN_VALUE));
            }
        }
        CounterSnapshot counter = new CounterSnapshot(true, Long.MIN_VALUE, FAR, FAR, FAR, FAR, -FAR, -FAR, FAR, FAR);

        // then
        assertThat(size(StateFormat.totalKey(KEY), new StateFormat().total(counter, true, wide)))
                .isLessThan(2_000);
        assertThat(size(Bytes.wrap(KEY), TotalEncoder.released().encode(Long.MIN_VALUE, FAR, FAR)))
                .isLessThan(1_000);
    }

    @Test
    void shouldBoundBuckets() {
        long bucket = BucketKey.MILLIS_MAX / Step.MINUTE.length().toMillis();
        LeftBuckets full = new LeftBuckets();
        while (!full.isFull()) {
            full.append(full.last() + (1L << 58), new WideSum(Long.MIN_VALUE, Long.MIN_VALUE));
        }
        StoredBuckets stored = new StoredBuckets(FAR, full);
        assertThat(size(BucketKey.of(Step.MINUTE, KEY, bucket), stored.value())).isLessThan(1_000);
    }
}
