package dev.tally.streams.state.history;

import dev.tally.schemas.read.Step;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** An entry with buckets of one counter, as stored. For one thread. */
public final class StoredEntry {
    private final byte[] key;
    private final StoredBuckets value;

    private StoredEntry(byte[] key, StoredBuckets value) {
        this.key = key;
        this.value = value;
    }

    public static StoredEntry read(KeyValue<Bytes, byte[]> stored) {
        return new StoredEntry(stored.key.get(), StoredBuckets.read(stored.value));
    }

    /** The key of the counter. */
    public byte[] counter() {
        return BucketKey.counterOf(key);
    }

    /** The offset of the event that created the counter when the values were added. It may have been deleted since. */
    public long life() {
        return value.life();
    }

    Step step() {
        return BucketKey.stepOf(key);
    }

    LeftBuckets buckets() {
        return value.buckets();
    }
}
