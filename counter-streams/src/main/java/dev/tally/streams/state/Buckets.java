package dev.tally.streams.state;

import dev.tally.schemas.read.Step;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The histories of one partition's counters: what was added, by the time at which it occurred. The newest buckets of a counter
 * are in its own entry, see {@link OpenBuckets}; the others are entries of their own, written once when a counter leaves them,
 * and again for each commit in which a late event comes.
 *
 * <p>A bucket that has expired is written no more, and removed from the store later: each commit removes at most twice as many as
 * it writes, and some hundreds more. So removal outruns arrival, and no commit is long when the log time jumps.
 *
 * <p>For the fold's thread.
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
    private final Map<Bytes, Unwritten> unwritten = new HashMap<>();
    /** By step: no stored bucket is of an earlier period. */
    private final long[] firstPeriod = new long[STEPS.length];

    /** By step: what was removed need not be stepped over again. */
    private final Bytes[] removedUpTo = new Bytes[STEPS.length];

    /**
     * @param whole whether the store holds nothing else of this bucket
     */
    private record Unwritten(StoredBucket bucket, boolean whole) {}

    /** @param batch what the flush under way writes to the store */
    Buckets(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, HistoryRetention retention) {
        this.store = store;
        this.retention = retention;
        this.batch = batch;
        this.keepsAny = retention.keepsAny();
        clear();
    }

    /** How many buckets wait to be written. */
    int unwritten() {
        return unwritten.size();
    }

    /** An event added {@code value} to the counter. */
    void add(CounterEntry counter, long occurredAt, long value, long logTime) {
        if (occurredAt < 0 || occurredAt > BucketKey.MILLIS_MAX || !keepsAny) {
            return;
        }
        OpenBuckets open = counter.open();
        long minute = occurredAt / MINUTE_MILLIS;
        if (minute == open.minute()) {
            open.add(value);
        } else {
            addElsewhere(counter, occurredAt, minute, value, logTime);
        }
    }

    private void addElsewhere(CounterEntry counter, long occurredAt, long minute, long value, long logTime) {
        OpenBuckets open = counter.open();
        boolean ahead = minute > logTime / MINUTE_MILLIS + AHEAD_MINUTES_MAX;
        if (ahead) {
            open.storedAhead();
        } else if (open.isEmpty()) {
            open.open(minute);
        } else if (minute > open.minute()) {
            advance(counter, minute, logTime);
        }
        for (Step step : STEPS) {
            long bucket = step.bucket(occurredAt);
            if (!ahead && bucket == open.bucket(step)) {
                open.add(step, value);
            } else {
                put(counter, step, bucket, WideSum.of(value), false, logTime);
            }
        }
    }

    /** Leaves the buckets that the minute does not fall into. */
    private void advance(CounterEntry counter, long minute, long logTime) {
        OpenBuckets open = counter.open();
        long occurredAt = minute * MINUTE_MILLIS;
        for (Step step : STEPS) {
            long left = open.bucket(step);
            if (left != step.bucket(occurredAt)) {
                // A bucket is the newest once: nothing was added to it before, unless from far ahead, or after.
                put(counter, step, left, open.sum(step), !open.isStoredAhead(), logTime);
                open.reset(step);
            }
        }
        open.open(minute);
    }

    private void put(CounterEntry counter, Step step, long bucket, WideSum sum, boolean whole, long logTime) {
        if (bucket < retention.earliest(step, logTime)) {
            return;
        }
        Bytes key = BucketKey.of(step, counter.key(), bucket);
        long life = counter.firstOffset();
        Unwritten before = unwritten.get(key);
        if (before == null) {
            unwritten.put(key, new Unwritten(new StoredBucket(life, sum), whole));
            firstPeriod[BucketKey.index(step)] =
                    Math.min(firstPeriod[BucketKey.index(step)], BucketKey.period(step, bucket));
        } else if (before.bucket.life() == life) {
            StoredBucket bucketNow = new StoredBucket(life, before.bucket.sum().plus(sum));
            unwritten.put(key, new Unwritten(bucketNow, before.whole));
        } else {
            // The counter was deleted since: its new life has written nothing yet.
            unwritten.put(key, new Unwritten(new StoredBucket(life, sum), true));
        }
    }

    /** Hands to the batch what is new and the removal of what has expired. */
    void flush(long logTime) {
        int left = REMOVED_A_COMMIT + REMOVED_A_WRITTEN * unwritten.size();
        for (Map.Entry<Bytes, Unwritten> entry : unwritten.entrySet()) {
            Bytes key = entry.getKey();
            batch.put(key, merged(key, entry.getValue()).value());
        }
        unwritten.clear();
        for (Step step : STEPS) {
            left -= removeExpired(step, left, logTime);
        }
    }

    private StoredBucket merged(Bytes key, Unwritten added) {
        byte[] stored = added.whole ? null : store.get(key);
        if (stored == null) {
            return added.bucket;
        }
        StoredBucket before = StoredBucket.read(stored);
        return before.life() == added.bucket.life()
                ? new StoredBucket(before.life(), before.sum().plus(added.bucket.sum()))
                : added.bucket;
    }

    /** Removes whole periods, in their order; how many buckets it looked at. */
    private int removeExpired(Step step, int most, long logTime) {
        int i = BucketKey.index(step);
        long earliest = retention.earliest(step, logTime);
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
        unwritten.clear();
        for (Step step : STEPS) {
            firstPeriod[BucketKey.index(step)] = 0;
            removedUpTo[BucketKey.index(step)] = BucketKey.startOf(step, 0);
        }
    }
}
