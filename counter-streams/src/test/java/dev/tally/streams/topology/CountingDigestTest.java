package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.digest.CounterDetails;
import dev.tally.streams.state.digest.CounterDetails.CounterDetail;
import dev.tally.streams.state.digest.DetailComparison;
import dev.tally.streams.state.digest.DigestComparison;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.StateDigest;
import dev.tally.streams.state.history.StoredEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/** Every change of what the state means changes its digest and names the counter; nothing else does. */
class CountingDigestTest {
    private static final long START = 1_732_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final String CHANGED = "shop/c1";
    private static final Set<Integer> ALL_BUCKETS =
            IntStream.range(0, 256).boxed().collect(Collectors.toSet());

    @Test
    void shouldNameTheCounterWhenOneFieldDiffers() {
        try (CountingDriver counting = counted()) {
            Map<String, UnaryOperator<CounterSnapshot>> changes = new TreeMap<>(Map.of(
                    "exists", c -> with(c, false, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                    "total", c -> with(c, true, 1, 0, 0, 0, 0, 0, 0, 0, 0),
                    "adds", c -> with(c, true, 0, 1, 0, 0, 0, 0, 0, 0, 0),
                    "sets", c -> with(c, true, 0, 0, 1, 0, 0, 0, 0, 0, 0),
                    "duplicates", c -> with(c, true, 0, 0, 0, 1, 0, 0, 0, 0, 0),
                    "deletes", c -> with(c, true, 0, 0, 0, 0, 1, 0, 0, 0, 0),
                    "first time", c -> with(c, true, 0, 0, 0, 0, 0, 0, 1, 0, 0),
                    "last offset", c -> with(c, true, 0, 0, 0, 0, 0, 0, 0, 1, 0),
                    "last time", c -> with(c, true, 0, 0, 0, 0, 0, 0, 0, 0, 1),
                    "swapped", c -> with(c, true, 0, 1, -1, 0, 0, 0, 0, 0, 0)));
            changes.put("first offset", c -> with(c, true, 0, 0, 0, 0, 0, 1, 0, 0, 0));
            changes.forEach((field, change) -> {
                DetailComparison compared = compare(entries(counting), changed(entries(counting), change));
                assertThat(compared.shown()).as(field).hasSize(1);
                assertThat(compared.shown().get(0).key()).as(field).isEqualTo(CHANGED);
                assertThat(compared.shown().get(0).here()).as(field).isNotNull();
                assertThat(compared.shown().get(0).there()).as(field).isNotNull();
            });
        }
    }

    @Test
    void shouldNameTheCounterWhenItIsMissing() {
        try (CountingDriver counting = counted()) {
            DetailComparison compared = compare(
                    entries(counting),
                    without(entries(counting), each -> each.key.equals(StateFormat.totalKey(bytes()))));

            assertThat(compared.shown()).hasSize(1);
            assertThat(compared.shown().get(0).toString()).startsWith(CHANGED + " only here: total ");
        }
    }

    @Test
    void shouldNameTheCounterWhenOneEntryOfItsHistoryIsMissing() {
        try (CountingDriver counting = counted()) {
            List<KeyValue<Bytes, byte[]>> all = entries(counting);
            long life = counting.counter(CHANGED).firstOffset();
            List<KeyValue<Bytes, byte[]>> stored =
                    all.stream().filter(each -> isHistory(each, life)).toList();
            assertThat(stored).isNotEmpty();

            for (KeyValue<Bytes, byte[]> missing : stored) {
                DetailComparison compared = compare(all, without(all, each -> each.equals(missing)));
                assertThat(compared.shown()).hasSize(1);
                assertThat(compared.shown().get(0).key()).isEqualTo(CHANGED);
            }
        }
    }

    @Test
    void shouldIgnoreBucketsOfAnEarlierLife() {
        try (CountingDriver counting = new CountingDriver(1, 100)) {
            addForMinutes(counting, 100, 1);
            counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.DELETE, 0);
            long deleted = counting.position().offset();
            List<KeyValue<Bytes, byte[]>> after = entries(counting);
            counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.ADD, 1, null, START + 100 * MINUTE);
            List<KeyValue<Bytes, byte[]>> recreated = entries(counting);

            for (List<KeyValue<Bytes, byte[]>> each : List.of(after, recreated)) {
                List<KeyValue<Bytes, byte[]>> without = without(each, entry -> isHistoryBefore(entry, deleted));
                assertThat(without).hasSizeLessThan(each.size());
                assertThat(isEqual(each, without)).isTrue();
            }
        }
    }

    @Test
    void shouldIgnoreExpiredBuckets() {
        try (CountingDriver counting = new CountingDriver(1, 100)) {
            addForMinutes(counting, 100, 1);
            List<KeyValue<Bytes, byte[]>> before = entries(counting);
            counting.sendAt(START + 400 * DAY, "shop/other", Operation.ADD, 1, null, START + 400 * DAY);
            List<KeyValue<Bytes, byte[]>> after = entries(counting);
            assertThat(after.stream().filter(CountingDigestTest::isHistory)).isEmpty();

            List<KeyValue<Bytes, byte[]>> notRemoved = new ArrayList<>(after);
            before.stream().filter(CountingDigestTest::isHistory).forEach(notRemoved::add);
            assertThat(notRemoved).hasSizeGreaterThan(after.size());
            assertThat(isEqual(after, notRemoved)).isTrue();
        }
    }

    /** Only the bucket of one event differs: by where it is, and by how much beyond 64 bits. */
    @Test
    void shouldDifferWhenOneBucketDiffers() {
        Set<StateDigest> digests = new HashSet<>();
        int logs = 0;
        for (int minute : List.of(0, 1, 30, 90, 99, 100, 500)) {
            digests.add(withOneMore(minute, List.of(1L)));
            logs++;
        }
        // The same total, numbers of events and buckets, except for one sum.
        for (long value : List.of(1L << 62, Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L)) {
            digests.add(withOneMore(100, List.of(value)));
            logs++;
        }
        for (long value : List.of(Long.MIN_VALUE, Long.MAX_VALUE)) {
            digests.add(withOneMore(100, List.of(value, value)));
            logs++;
        }
        assertThat(digests).hasSize(logs);
    }

    @Test
    void shouldListTheFirstCountersUpToTheBound() {
        try (CountingDriver counting = new CountingDriver(1, 1_000)) {
            for (int i = 0; i < 1_100; i++) {
                counting.send("shop/c" + (1_000 + i * 7 % 1_100), Operation.ADD, i);
            }
            for (int max : List.of(0, 5, 1_000)) {
                CounterDetails details = counting.digest(request(1_099).withDetails(ALL_BUCKETS, max))
                        .details();
                assertThat(details.complete()).isFalse();
                assertThat(details.counters().stream().map(CounterDetail::key))
                        .isEqualTo(IntStream.range(1_000, 1_000 + max)
                                .mapToObj(i -> "shop/c" + i)
                                .toList());
            }
            StateDigest two = counting.digest(request(1_099).withDetails(Set.of(3, 200), 1_000));
            assertThat(two.counters()).isEqualTo(1_100);
            assertThat(two.details().complete()).isTrue();
            assertThat(two.details().counters()).hasSizeBetween(1, 40);
        }
    }

    /** A digest of a log in which the minutes from 100 on have one or more values at another minute. */
    private static StateDigest withOneMore(int minute, List<Long> values) {
        try (CountingDriver counting = new CountingDriver(1, 100)) {
            addForMinutes(counting, 100, 1);
            for (long value : values) {
                counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.SET, 0);
                counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.ADD, value, null, START + minute * MINUTE);
            }
            for (int i = values.size(); i < 2; i++) {
                counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.SET, 0);
                counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.ADD, 0, null, START);
            }
            counting.sendAt(START + 100 * MINUTE, CHANGED, Operation.SET, 0);
            return counting.digest(request(counting.position().offset()));
        }
    }

    private static void addForMinutes(CountingDriver counting, int minutes, long value) {
        for (int i = 0; i < minutes; i++) {
            long time = START + i * MINUTE;
            counting.sendAt(time, CHANGED, Operation.ADD, value, null, time);
        }
    }

    private static CountingDriver counted() {
        CountingDriver counting = new CountingDriver(1, 100);
        for (int i = 0; i < 10; i++) {
            counting.sendAt(START, "shop/c" + i, Operation.ADD, 10 + i, null, START);
            counting.sendAt(START, "shop/c" + i, Operation.SET, 100, null, 0);
        }
        addForMinutes(counting, 60, 3);
        counting.sendAt(START + 60 * MINUTE, CHANGED, Operation.ADD, 5, null, START + 5 * DAY);
        return counting;
    }

    /** Compares the details of the buckets that differ. */
    private static DetailComparison compare(List<KeyValue<Bytes, byte[]>> here, List<KeyValue<Bytes, byte[]>> there) {
        try (CountingDriver one = CountingDriver.restored(here);
                CountingDriver other = CountingDriver.restored(there)) {
            DigestRequest request = request(one.position().offset());
            DigestComparison compared = DigestComparison.of(one.digest(request), other.digest(request));
            assertThat(compared.notComparable()).isNull();
            assertThat(compared.isEqual()).isFalse();
            assertThat(compared.differing()).hasSize(1);
            DigestRequest details = request.withDetails(Set.copyOf(compared.differing()), 10);
            return DetailComparison.of(
                    one.digest(details).details(), other.digest(details).details());
        }
    }

    private static boolean isEqual(List<KeyValue<Bytes, byte[]>> here, List<KeyValue<Bytes, byte[]>> there) {
        try (CountingDriver one = CountingDriver.restored(here);
                CountingDriver other = CountingDriver.restored(there)) {
            DigestRequest request = request(one.position().offset());
            return one.digest(request).equals(other.digest(request));
        }
    }

    private static DigestRequest request(long offset) {
        return DigestRequest.asOf(offset);
    }

    private static boolean isHistory(KeyValue<Bytes, byte[]> entry) {
        return entry.key.get()[0] == 'h';
    }

    private static boolean isHistory(KeyValue<Bytes, byte[]> entry, long life) {
        return isHistory(entry) && StoredEntry.read(entry).life() == life;
    }

    private static boolean isHistoryBefore(KeyValue<Bytes, byte[]> entry, long offset) {
        return isHistory(entry) && StoredEntry.read(entry).life() < offset;
    }

    private static byte[] bytes() {
        return CHANGED.getBytes(StandardCharsets.UTF_8);
    }

    private static List<KeyValue<Bytes, byte[]>> entries(CountingDriver counting) {
        List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = counting.entries().all()) {
            all.forEachRemaining(entries::add);
        }
        return entries;
    }

    private static List<KeyValue<Bytes, byte[]>> without(
            List<KeyValue<Bytes, byte[]>> entries, Predicate<KeyValue<Bytes, byte[]>> removed) {
        return entries.stream().filter(removed.negate()).toList();
    }

    private static List<KeyValue<Bytes, byte[]>> changed(
            List<KeyValue<Bytes, byte[]>> entries, UnaryOperator<CounterSnapshot> change) {
        Bytes key = StateFormat.totalKey(bytes());
        return entries.stream()
                .map(each -> each.key.equals(key) ? KeyValue.pair(key, changed(each.value, change)) : each)
                .toList();
    }

    private static byte[] changed(byte[] stored, UnaryOperator<CounterSnapshot> change) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        CounterSnapshot before = StateFormat.total(in);
        return new StateFormat().total(change.apply(before), StateFormat.isIndexed(stored), StateFormat.buckets(in));
    }

    private static CounterSnapshot with(
            CounterSnapshot of,
            boolean exists,
            long total,
            long adds,
            long sets,
            long duplicates,
            long deletes,
            long firstOffset,
            long firstTime,
            long lastOffset,
            long lastTime) {
        return new CounterSnapshot(
                exists,
                of.total() + total,
                of.adds() + adds,
                of.sets() + sets,
                of.duplicates() + duplicates,
                of.deletes() + deletes,
                of.firstOffset() + firstOffset,
                of.firstTime() + firstTime,
                of.lastOffset() + lastOffset,
                of.lastTime() + lastTime);
    }
}
