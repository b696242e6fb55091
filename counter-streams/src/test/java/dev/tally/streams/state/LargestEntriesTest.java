package dev.tally.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.EventLimits;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.Step;
import dev.tally.schemas.wire.TotalEncoder;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** All records of the changelog and of the feed are far smaller than the default limit of a broker. */
class LargestEntriesTest {
    /** The default of {@code max.message.bytes}. */
    private static final int MESSAGE_BYTES_MAX = 1_048_588;
    /** More than half of the limit is left for headers, framing and future fields. */
    private static final int ENTRY_BYTES_MAX = MESSAGE_BYTES_MAX / 2;

    private static final byte[] KEY = filled(CounterName.KEY_BYTES_MAX);
    private static final byte[] ID = filled(EventLimits.LOGGED_ID_CHARS_MAX);
    private static final byte[] NAMESPACE = filled(CounterName.NAMESPACE_CHARS_MAX);
    private static final long FAR = Long.MAX_VALUE;

    private final StateFormat format = new StateFormat();

    @Test
    void shouldHaveRoomInAGroupForTheLargestId() {
        IdGroup group = IdGroup.empty(Long.MAX_VALUE);
        assertThat(group.add(KEY, ID, new EventContent(Operation.SET, Long.MIN_VALUE), FAR, FAR))
                .isTrue();
        assertThat(size(IdGroup.key(RecentIds.PREFIX, FAR), group.value())).isBetween(400, 500);
    }

    @Test
    void shouldBoundAGroupOfIds() {
        assertThat(IdGroup.BYTES_MAX).isLessThan(ENTRY_BYTES_MAX);
    }

    @Test
    void shouldBoundANamespace() {
        // given
        NamespaceTop top = new NamespaceTop(NAMESPACE);
        top.members = Integer.MAX_VALUE;
        top.floor = new Rank(Long.MIN_VALUE, KEY);
        top.scanned = KEY;

        // then
        assertThat(size(NamespaceTop.stateKey(NAMESPACE), top.value())).isLessThan(1_000);
        assertThat(size(StateFormat.prefixed(TopIndex.PREFIX, KEY), new byte[0]))
                .isLessThan(1_000);
    }

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
        assertThat(size(StateFormat.totalKey(KEY), format.total(counter, true, wide)))
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

    @Test
    void shouldBoundTheAppliedOffsetAndTheGeneration() {
        Generation generation = new Generation(
                Duration.ofMillis(FAR),
                new HistoryRetention(Duration.ofMillis(FAR), Duration.ofMillis(FAR), Duration.ofMillis(FAR)),
                true);
        AppliedOffset applied = new AppliedOffset();
        applied.set(FAR, FAR, FAR);
        assertThat(size(StateFormat.APPLIED_KEY, format.applied(applied))).isLessThan(1_000);
        assertThat(size(Generation.KEY, generation.value())).isLessThan(1_000);
    }

    private static int size(Bytes key, byte[] value) {
        return key.get().length + value.length;
    }

    private static byte[] filled(int bytes) {
        byte[] filled = new byte[bytes];
        Arrays.fill(filled, (byte) '~');
        return filled;
    }
}
