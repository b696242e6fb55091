package dev.tally.streams.state.digest;

import dev.tally.schemas.read.Step;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.history.RetainedBuckets;

/**
 * Adds up the hashes of counters and of their histories. Of a counter, the hash of its fields is added. Of a bucket of a history, a
 * number that is derived from the counter, its life, the step and the bucket is multiplied by the sum of the bucket. This product is
 * linear: parts of a bucket in different entries add up to the product of their sum, and a bucket whose sum is 0 adds nothing. All
 * numbers are modulo 2^128. The factor is odd, so that no single change of a sum is lost.
 *
 * <p>For one thread.
 */
final class DigestSums implements RetainedBuckets.Each {
    private static final long FIELDS = 1;
    private static final long BUCKET = 2;

    private final int within;
    private final DetailList details;
    private final BucketSums sums = new BucketSums();
    private final Hash128 hash = new Hash128();
    private long counters;
    private long deletedCounters;

    private final KeyHash key;
    private long life;

    /** @param key the hash of the current counter, which the caller sets */
    DigestSums(DigestRequest request, KeyHash key) {
        this.within = request.within();
        this.details = new DetailList(request);
        this.key = key;
    }

    /** Adds a counter without its history. */
    void counter(byte[] name, CounterSnapshot counter) {
        hash.start(key, FIELDS);
        hash.add(counter.exists() ? 1 : 0);
        hash.add(counter.total());
        hash.add(counter.adds());
        hash.add(counter.sets());
        hash.add(counter.duplicates());
        hash.add(counter.deletes());
        hash.add(counter.firstOffset());
        hash.add(counter.firstTime());
        hash.add(counter.lastOffset());
        hash.add(counter.lastTime());
        sums.of(key.bucket(within)).add(hash.high(), hash.low());
        if (counter.exists()) {
            counters++;
        } else {
            deletedCounters++;
        }
        details.counter(key, name, counter);
    }

    /** Sets the life of the current counter, to which the following buckets belong. */
    void life(long current) {
        life = current;
    }

    @Override
    public void part(Step step, long number, long high, long low) {
        hash.start(key, BUCKET);
        hash.add(life);
        hash.add(step.length().toMinutes());
        hash.add(number);
        long odd = hash.low() | 1;
        sums.of(key.bucket(within)).addProduct(hash.high(), odd, high, low);
        Sum128 history = details.history(key, step);
        if (history != null) {
            history.addProduct(hash.high(), odd, high, low);
        }
    }

    StateDigest digest(long offset, long streamTime) {
        return new StateDigest(offset, streamTime, within, counters, deletedCounters, sums, details.details());
    }
}
