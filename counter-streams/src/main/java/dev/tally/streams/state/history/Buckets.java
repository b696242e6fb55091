package dev.tally.streams.state.history;

import dev.tally.schemas.read.Step;
import dev.tally.streams.state.entry.FlushBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The histories of one partition's counters: the sums of the added values by the time at which the events occurred. The open
 * (newest) buckets of a counter and the buckets that it left recently are in the counter's own entry, see {@link OpenBuckets}.
 * When a counter has left {@link LeftBuckets#COUNT_MAX} buckets of a step, these are written as one separate entry. A later event
 * for such a bucket gets an entry for that bucket, which each commit with late events for it rewrites. The value of a bucket is
 * therefore the sum over all entries.
 *
 * <p>An expired bucket is no longer written and is removed from the store later. Each commit removes at most twice as many
 * entries as it writes, plus {@value #REMOVED_A_COMMIT}. Removal is therefore faster than arrival, and no commit takes long when
 * the stream time jumps.
 *
 * <p>For the stream thread.
 */
public final class Buckets {
    private static final Step[] STEPS = Step.values();
    private static final long MINUTE_MILLIS = Step.MINUTE.length().toMillis();
    private static final int REMOVED_A_COMMIT = 500;
    private static final int REMOVED_A_WRITTEN = 2;
    /** An event ahead of the stream time by more than this does not open its minute: all other events would then be late. */
    private static final long AHEAD_MINUTES_MAX = 60;

    private final KeyValueStore<Bytes, byte[]> store;
    private final HistoryRetention retention;
    private final FlushBatch batch;
    private final boolean keepsAny;
    /** Entries of left buckets, in the order in which they must be written. */
    private final List<KeyValue<Bytes, byte[]>> groups = new ArrayList<>();
    /** Sums to be added to the buckets in the store. */
    private final Map<Bytes, Late> late = new HashMap<>();
    /** By step: a lower bound of the periods of all stored buckets. */
    private final long[] firstPeriod = new long[STEPS.length];

    /** By step: the last removed key, from which the next scan starts, so that it does not step over removed entries. */
    private final Bytes[] removedUpTo = new Bytes[STEPS.length];

    /** The counter to which buckets belong. */
    public interface Owner {
        /** Its name. Kept, not copied. */
        byte[] key();

        /** The offset of the event that created it. */
        long firstOffset();

        OpenBuckets open();
    }

    private record Late(long life, long bucket, WideSum sum) {}

    /** @param batch the writes of the current flush to the store */
    public Buckets(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, HistoryRetention retention) {
        this.store = store;
        this.retention = retention;
        this.batch = batch;
        this.keepsAny = retention.keepsAny();
        clear();
    }

    /** The number of pending entries. */
    public int pending() {
        return groups.size() + late.size();
    }

    /** Adds {@code value} to the buckets of the counter. */
    public void add(Owner counter, long occurredAt, long value, long streamTime) {
        if (occurredAt < 0 || occurredAt > BucketKey.MILLIS_MAX || !keepsAny) {
            return;
        }
        OpenBuckets open = counter.open();
        long minute = occurredAt / MINUTE_MILLIS;
        if (minute == open.minute()) {
            open.add(value);
        } else {
            addElsewhere(counter, occurredAt, minute, value, streamTime);
        }
    }

    private void addElsewhere(Owner counter, long occurredAt, long minute, long value, long streamTime) {
        OpenBuckets open = counter.open();
        boolean ahead = minute > streamTime / MINUTE_MILLIS + AHEAD_MINUTES_MAX;
        if (ahead) {
            open.storedAhead();
        } else if (open.isEmpty()) {
            open.open(minute);
        } else if (minute > open.minute()) {
            advance(counter, minute, streamTime);
        }
        for (Step step : STEPS) {
            long bucket = step.bucket(occurredAt);
            if (!ahead && bucket == open.bucket(step)) {
                open.add(step, value);
            } else if (ahead || !open.left(step).add(bucket, WideSum.of(value))) {
                putLate(counter, step, bucket, WideSum.of(value), streamTime);
            }
        }
    }

    /** Leaves the open buckets that do not contain the minute. */
    private void advance(Owner counter, long minute, long streamTime) {
        OpenBuckets open = counter.open();
        long occurredAt = minute * MINUTE_MILLIS;
        for (Step step : STEPS) {
            long bucket = open.bucket(step);
            if (bucket != step.bucket(occurredAt)) {
                leave(counter, step, bucket, streamTime);
                open.reset(step);
            }
        }
        open.open(minute);
    }

    private void leave(Owner counter, Step step, long bucket, long streamTime) {
        if (retention.of(step).isZero()) {
            return;
        }
        OpenBuckets open = counter.open();
        WideSum sum = open.sum(step);
        if (open.isStoredAhead()) {
            putLate(
                    counter,
                    step,
                    bucket,
                    sum,
                    streamTime); // an event from far ahead may have an entry with the same key
            return;
        }
        LeftBuckets left = open.left(step);
        if (!left.isEmpty() && BucketKey.period(step, left.first()) != BucketKey.period(step, bucket)) {
            writeLeft(counter, step, left, streamTime);
        }
        left.append(bucket, sum);
        if (left.isFull()) {
            writeLeft(counter, step, left, streamTime);
        }
    }

    /**
     * Writes the left buckets as a separate entry. This life of the counter has no other entry with the same key. The first of
     * these buckets was once the newest bucket, and earlier events can have added to it only from far ahead. Later events were
     * added to it in place.
     */
    private void writeLeft(Owner counter, Step step, LeftBuckets left, long streamTime) {
        if (left.last() >= retention.earliest(step, streamTime)) {
            groups.add(KeyValue.pair(
                    BucketKey.of(step, counter.key(), left.first()),
                    new StoredBuckets(counter.firstOffset(), left).value()));
            mayExpire(step, left.first());
        }
        left.clear();
    }

    private void putLate(Owner counter, Step step, long bucket, WideSum sum, long streamTime) {
        if (bucket < retention.earliest(step, streamTime)) {
            return;
        }
        long life = counter.firstOffset();
        late.merge(
                BucketKey.of(step, counter.key(), bucket),
                new Late(life, bucket, sum),
                // The pending sum is of an earlier life: the counter was deleted since.
                (before, now) -> before.life == life ? new Late(life, bucket, before.sum.plus(sum)) : now);
        mayExpire(step, bucket);
    }

    private void mayExpire(Step step, long bucket) {
        int i = BucketKey.index(step);
        firstPeriod[i] = Math.min(firstPeriod[i], BucketKey.period(step, bucket));
    }

    /** Adds the pending entries and the removal of expired entries to the batch. */
    public void flush(long streamTime) {
        int left = REMOVED_A_COMMIT + REMOVED_A_WRITTEN * pending();
        for (KeyValue<Bytes, byte[]> group : groups) {
            batch.put(group.key, group.value);
        }
        groups.clear();
        if (!late.isEmpty()) {
            batch.flush(); // a late event may belong to one of these groups
            late.forEach(this::write);
            late.clear();
        }
        for (Step step : STEPS) {
            left -= removeExpired(step, left, streamTime);
        }
    }

    private void write(Bytes key, Late added) {
        byte[] stored = store.get(key);
        StoredBuckets before = stored == null ? null : StoredBuckets.read(stored);
        if (before == null || before.life() < added.life) {
            batch.put(key, new StoredBuckets(added.life, LeftBuckets.of(added.bucket, added.sum)).value());
        } else if (before.life() == added.life) {
            before.buckets().add(added.bucket, added.sum);
            batch.put(key, before.value());
        } // otherwise the counter was deleted since, and the stored entry is of a later life
    }

    /** Removes entries of expired periods, in key order. Returns the number of removed entries. */
    private int removeExpired(Step step, int most, long streamTime) {
        int i = BucketKey.index(step);
        long earliest = retention.earliest(step, streamTime);
        long periodsEnd = earliest == HistoryRetention.NOT_KEPT ? 0 : BucketKey.period(step, earliest);
        if (firstPeriod[i] >= periodsEnd) {
            return 0;
        }
        int seen = 0;
        batch.flush(); // entries that this flush has added may already have expired
        try (KeyValueIterator<Bytes, byte[]> expired = store.range(removedUpTo[i], BucketKey.endOf(step))) {
            while (seen < most && expired.hasNext()) {
                Bytes key = expired.next().key;
                firstPeriod[i] = BucketKey.periodOf(key);
                if (firstPeriod[i] >= periodsEnd) {
                    return seen;
                }
                batch.remove(key);
                removedUpTo[i] = key;
                seen++;
            }
            if (!expired.hasNext()) {
                firstPeriod[i] = Long.MAX_VALUE; // no bucket of this step is left
            }
        }
        return seen;
    }

    /** Drops what is only in memory. */
    public void clear() {
        groups.clear();
        late.clear();
        for (Step step : STEPS) {
            firstPeriod[BucketKey.index(step)] = 0;
            removedUpTo[BucketKey.index(step)] = BucketKey.startOf(step, 0);
        }
    }
}
