package dev.tally.streams.state.digest;

import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.StateKeys;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.history.RetainedBuckets;
import dev.tally.streams.state.history.StoredEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot of a store and computes its digest, with bounded memory. First it reads the counters, and remembers the lives of
 * those that were ever deleted; then all stored buckets. If there are more of these counters than fit in memory, it reads the
 * counters in several parts, and after each part all buckets again, of which it adds those of the part's counters.
 *
 * <p>Threads: one thread reads. Any thread may close it, and waits for a slice of {@value #SLICE} entries at most.
 */
public final class DigestRun implements AutoCloseable {
    private static final int SLICE = 64;

    /** About 32 MB of heap, while that many counters were ever deleted. */
    private static final int LIVES_MAX = 1 << 20;

    private static final int PASSES_MAX = 4;

    private final RetainedBuckets retained;
    private final DigestSnapshot snapshot;
    private final DigestSums sums;
    private final long offset;
    private final long streamTime;
    private final int within;
    private final KeyHash hash = new KeyHash();
    private final Lives lives;
    private boolean closed;

    /** The part of the counters whose buckets are added now: after the first key up to the last; null for no bound. */
    private byte @Nullable [] partAfter;

    private byte @Nullable [] partUpTo;
    /** The counter that {@link #hash} is of. */
    private byte @Nullable [] hashed;

    private @Nullable Iterator<KeyValueIterator<Bytes, byte[]>> pass;
    private @Nullable KeyValueIterator<Bytes, byte[]> buckets;
    private @Nullable DigestResult result;

    /**
     * Opens the snapshot. For the stream thread, when everything up to the offset is written out.
     *
     * @param offset the applied offset
     * @param streamTime the stream time at that offset
     */
    public DigestRun(
            KeyValueStore<Bytes, byte[]> store,
            HistoryRetention retention,
            DigestRequest request,
            long offset,
            long streamTime) {
        this(store, retention, request, offset, streamTime, LIVES_MAX);
    }

    DigestRun(
            KeyValueStore<Bytes, byte[]> store,
            HistoryRetention retention,
            DigestRequest request,
            long offset,
            long streamTime,
            int livesMax) {
        this.retained = new RetainedBuckets(retention, streamTime);
        this.sums = new DigestSums(request, hash);
        this.offset = offset;
        this.streamTime = streamTime;
        this.within = request.within();
        this.lives = new Lives(livesMax);
        this.snapshot = new DigestSnapshot(store, retained, PASSES_MAX);
    }

    /**
     * Reads everything. Blocks.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if the store was closed
     */
    public DigestResult read() {
        DigestResult done = null;
        while (done == null) {
            done = slice();
        }
        return done;
    }

    private synchronized @Nullable DigestResult slice() {
        if (closed) {
            return new DigestResult.NotServed();
        }
        for (int i = 0; i < SLICE && result == null; i++) {
            if (pass == null) {
                nextCounter();
            } else {
                nextEntry(pass);
            }
        }
        return result;
    }

    private void nextCounter() {
        KeyValueIterator<Bytes, byte[]> counters = snapshot.counters();
        if (lives.isFull() || !counters.hasNext()) {
            endOfPart(counters.hasNext());
            return;
        }
        KeyValue<Bytes, byte[]> stored = counters.next();
        byte[] key = StateKeys.unprefixed(stored.key);
        partUpTo = key;
        hash(key);
        if (!hash.isWithin(within)) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(stored.value);
        CounterSnapshot counter = StateFormat.total(in);
        sums.counter(key, counter);
        if (counter.deletes() > 0) {
            lives.put(hash.id(), counter.exists() ? counter.firstOffset() : Lives.NONE);
        }
        sums.life(counter.firstOffset());
        retained.ofCounter(StateFormat.buckets(in), sums);
    }

    /** Starts to read the buckets of the counters that were read since the last part. */
    private void endOfPart(boolean more) {
        List<KeyValueIterator<Bytes, byte[]>> next = snapshot.nextPass();
        if (next == null) {
            result = new DigestResult.NotTaken("more than " + PASSES_MAX + " times " + LIVES_MAX
                    + " counters of the partition were deleted once: digest one bucket at a time");
            return;
        }
        if (!more) {
            partUpTo = null;
        }
        pass = next.iterator();
        buckets = null;
    }

    private void nextEntry(Iterator<KeyValueIterator<Bytes, byte[]>> rest) {
        KeyValueIterator<Bytes, byte[]> current = buckets;
        if (current != null && current.hasNext()) {
            add(StoredEntry.read(current.next()));
        } else if (rest.hasNext()) {
            buckets = rest.next();
        } else if (partUpTo == null) {
            result = new DigestResult.Taken(sums.digest(offset, streamTime));
        } else {
            partAfter = partUpTo;
            lives.clear();
            pass = null;
        }
    }

    private void add(StoredEntry entry) {
        byte[] key = entry.counter();
        if (!isInPart(key)) {
            return;
        }
        hash(key);
        if (hash.isWithin(within) && lives.isPresent(hash.id(), entry.life())) {
            sums.life(entry.life());
            retained.ofEntry(entry, sums);
        }
    }

    private boolean isInPart(byte[] key) {
        byte[] after = partAfter;
        byte[] upTo = partUpTo;
        return (after == null || Arrays.compareUnsigned(key, after) > 0)
                && (upTo == null || Arrays.compareUnsigned(key, upTo) <= 0);
    }

    /** Adjacent entries of one counter share the hash. */
    private void hash(byte[] key) {
        if (!Arrays.equals(key, hashed)) {
            hash.set(key);
            hashed = key;
        }
    }

    /** Closes the iterators. The result is then that the partition is not served, unless it was complete. */
    @Override
    public synchronized void close() {
        closed = true;
        snapshot.close();
    }
}
