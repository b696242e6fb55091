package dev.tally.streams.state.store;

import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.history.Buckets;
import dev.tally.streams.state.history.OpenBuckets;
import dev.tally.streams.state.page.IndexedCounter;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * One counter in memory. Only the partition's stream thread changes it; any thread may copy it with {@link #snapshot}.
 *
 * <p>A deleted counter is kept as an entry that does not exist. Its last offset tells a reader as of when the counter is unknown;
 * an absent entry could not.
 */
public final class CounterEntry extends SequenceLock implements Buckets.Owner, IndexedCounter {
    private final byte[] key;
    private final Bytes stateKey;
    private final OpenBuckets open;

    private boolean exists;
    private long total;
    private long adds;
    private long sets;
    private long duplicates;
    private long deletes;
    private long firstOffset;
    private long firstTime;
    private long lastOffset;
    private long lastTime;

    /** Changed since it was last written to the store. Stream thread only. */
    boolean pending;
    /** Its total changed since it was last written to the store. Stream thread only. */
    boolean totalChanged;

    private boolean indexed;
    /** In {@link CounterCache}. Stream thread only. */
    boolean kept;
    /** Looked up since the last eviction pass. Stream thread only. */
    boolean touched = true;

    CounterEntry(byte[] key, Bytes stateKey) {
        this(key, stateKey, new OpenBuckets());
    }

    private CounterEntry(byte[] key, Bytes stateKey, OpenBuckets open) {
        this.key = key;
        this.stateKey = stateKey;
        this.open = open;
    }

    static CounterEntry read(byte[] key, Bytes stateKey, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        CounterSnapshot stored = StateFormat.total(in);
        CounterEntry entry = new CounterEntry(key, stateKey, StateFormat.buckets(in));
        entry.indexed = StateFormat.isIndexed(value);
        entry.take(stored);
        return entry;
    }

    private void take(CounterSnapshot stored) {
        exists = stored.exists();
        total = stored.total();
        adds = stored.adds();
        sets = stored.sets();
        duplicates = stored.duplicates();
        deletes = stored.deletes();
        firstOffset = stored.firstOffset();
        firstTime = stored.firstTime();
        lastOffset = stored.lastOffset();
        lastTime = stored.lastTime();
    }

    /** The counter's record key in Kafka, not copied. */
    @Override
    public byte[] key() {
        return key;
    }

    Bytes stateKey() {
        return stateKey;
    }

    /** Stream thread only: the newest buckets of its history. */
    @Override
    public OpenBuckets open() {
        return open;
    }

    /** Stream thread only. */
    @Override
    public boolean isTotalChanged() {
        return totalChanged;
    }

    /** Stream thread only: whether it is a member of the index of the largest totals. */
    @Override
    public boolean isIndexed() {
        return indexed;
    }

    @Override
    public void setIndexed(boolean member) {
        indexed = member;
    }

    /** Stream thread only. */
    @Override
    public boolean exists() {
        return exists;
    }

    /** Stream thread only: 0 when the counter does not exist. */
    @Override
    public long total() {
        return total;
    }

    /** Stream thread only. */
    public long lastOffset() {
        return lastOffset;
    }

    /** Stream thread only: offset of the event that created the counter. */
    @Override
    public long firstOffset() {
        return firstOffset;
    }

    /** Stream thread only: milliseconds since 1970. */
    @Override
    public long lastTime() {
        return lastTime;
    }

    void add(long newTotal, long offset, long streamTime) {
        beginChange();
        appear(offset, streamTime);
        total = newTotal;
        adds++;
        lastOffset = offset;
        lastTime = streamTime;
        endChange();
    }

    void set(long newTotal, long offset, long streamTime) {
        beginChange();
        appear(offset, streamTime);
        total = newTotal;
        sets++;
        lastOffset = offset;
        lastTime = streamTime;
        endChange();
    }

    void delete(long offset, long streamTime) {
        beginChange();
        exists = false;
        total = 0;
        adds = 0;
        sets = 0;
        duplicates = 0;
        deletes++;
        firstOffset = offset;
        firstTime = streamTime;
        lastOffset = offset;
        lastTime = streamTime;
        endChange();
        open.clear();
    }

    /** Counts an event whose ID was already applied. Nothing else changes, so the last offset and time of the total stay. */
    void duplicate() {
        beginChange();
        duplicates++;
        endChange();
    }

    private void appear(long offset, long streamTime) {
        if (!exists) {
            exists = true;
            firstOffset = offset;
            firstTime = streamTime;
        }
    }

    CounterSnapshot snapshot() {
        while (true) {
            int seen = beginRead();
            CounterSnapshot copy = new CounterSnapshot(
                    exists, total, adds, sets, duplicates, deletes, firstOffset, firstTime, lastOffset, lastTime);
            if (!changedSince(seen)) {
                return copy;
            }
        }
    }
}
