package dev.tally.streams.state;

import dev.tally.schemas.read.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The histories of one partition's counters: what was added, by the time at which it occurred. The newest buckets of a counter
 * are in its own entry, see {@link OpenBuckets}, and so are those it left lately. When there are {@link LeftBuckets#COUNT_MAX} of
 * these, they are written as one entry; what comes later still gets an entry for its bucket, written again for each commit in which
 * a late event comes. So a bucket is the sum of what all entries have for it.
 *
 * <p>A bucket that has expired is written no more, and removed from the store later: each commit removes at most twice as many as
 * it writes, and some hundreds more. So removal outruns arrival, and no commit is long when the stream time jumps.
 *
 * <p>For the stream thread.
 */
final class Buckets {
    private static final Step[] STEPS = Step.values();
    private static final long MINUTE_MILLIS = Step.MINUTE.length().toMillis();
    private static final int REMOVED_A_COMMIT = 500;
    private static final int REMOVED_A_WRITTEN = 2;
    /** An event further ahead of the log than that does not make its minute the newest: the others would all be late. */
    private static final long AHEAD_MINUTES_MAX = 60;

    private final KeyValueStore<Bytes, byte[]> store;
    private final HistoryRetention retention;
    private final FlushBatch batch;
    private final boolean keepsAny;
    /** Buckets that were left, in the order in which they are to be written. */
    private final List<KeyValue<Bytes, byte[]>> groups = new ArrayList<>();
    /** To be added to what the store has. */
    private final Map<Bytes, Late> late = new HashMap<>();
    /** By step: no stored bucket is of an earlier period. */
    private final long[] firstPeriod = new long[STEPS.length];

    /** By step: what was removed need not be stepped over again. */
    private final Bytes[] removedUpTo = new Bytes[STEPS.length];

    private record Late(long life, long bucket, WideSum sum) {}

    /** @param batch what the flush under way writes to the store */
    Buckets(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, HistoryRetention retention) {
        this.store = store;
        this.retention = retention;
        this.batch = batch;
        this.keepsAny = retention.keepsAny();
        clear();
    }

    /** How many entries wait to be written. */
    int unwritten() {
        return groups.size() + late.size();
    }

    /** An event added {@code value} to the counter. */
    void add(CounterEntry counter, long occurredAt, long value, long streamTime) {
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

    private void addElsewhere(CounterEntry counter, long occurredAt, long minute, long value, long streamTime) {
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
            } else if (ahead || !open.addToLeft(step, bucket, WideSum.of(value))) {
                putLate(counter, step, bucket, WideSum.of(value), streamTime);
            }
        }
    }

    /** Leaves the buckets that the minute does not fall into. */
    private void advance(CounterEntry counter, long minute, long streamTime) {
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

    private void leave(CounterEntry counter, Step step, long bucket, long streamTime) {
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
                    streamTime); // what came from far ahead may have an entry of the same key
            return;
        }
        LeftBuckets left = open.leaving(step);
        if (!left.isEmpty() && BucketKey.period(step, left.first()) != BucketKey.period(step, bucket)) {
            writeLeft(counter, step, left, streamTime);
        }
        left.append(bucket, sum);
        if (left.isFull()) {
            writeLeft(counter, step, left, streamTime);
        }
    }

    /**
     * Gives them an entry of their own. Its key is not taken by this life of the counter: the first of them was the newest
     * bucket, before which nothing was added to it, unless from far ahead, and what came since was added where it was.
     */
    private void writeLeft(CounterEntry counter, Step step, LeftBuckets left, long streamTime) {
        if (left.last() >= retention.earliest(step, streamTime)) {
            groups.add(KeyValue.pair(
                    BucketKey.of(step, counter.key(), left.first()),
                    new StoredBuckets(counter.firstOffset(), left).value()));
            mayExpire(step, left.first());
        }
        left.clear();
    }

    private void putLate(CounterEntry counter, Step step, long bucket, WideSum sum, long streamTime) {
        if (bucket < retention.earliest(step, streamTime)) {
            return;
        }
        long life = counter.firstOffset();
        late.merge(
                BucketKey.of(step, counter.key(), bucket),
                new Late(life, bucket, sum),
                // Of another life: the counter was deleted since.
                (before, now) -> before.life == life ? new Late(life, bucket, before.sum.plus(sum)) : now);
        mayExpire(step, bucket);
    }

    private void mayExpire(Step step, long bucket) {
        int i = BucketKey.index(step);
        firstPeriod[i] = Math.min(firstPeriod[i], BucketKey.period(step, bucket));
    }

    /** Hands to the batch what is new and the removal of what has expired. */
    void flush(long streamTime) {
        int left = REMOVED_A_COMMIT + REMOVED_A_WRITTEN * unwritten();
        for (KeyValue<Bytes, byte[]> group : groups) {
            batch.put(group.key, group.value);
        }
        groups.clear();
        if (!late.isEmpty()) {
            batch.flush(); // a late event may belong to one of them
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
        } // else the counter was deleted since, and has another life there
    }

    /** Removes whole periods, in their order; how many buckets it looked at. */
    private int removeExpired(Step step, int most, long streamTime) {
        int i = BucketKey.index(step);
        long earliest = retention.earliest(step, streamTime);
        long periodsEnd = earliest == HistoryRetention.NOT_KEPT ? 0 : BucketKey.period(step, earliest);
        if (firstPeriod[i] >= periodsEnd) {
            return 0;
        }
        int seen = 0;
        batch.flush(); // what this flush has put may have expired already
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

    /** Forgets what is in memory only. */
    void clear() {
        groups.clear();
        late.clear();
        for (Step step : STEPS) {
            firstPeriod[BucketKey.index(step)] = 0;
            removedUpTo[BucketKey.index(step)] = BucketKey.startOf(step, 0);
        }
    }
}
