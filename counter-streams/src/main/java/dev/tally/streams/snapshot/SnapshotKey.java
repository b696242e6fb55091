package dev.tally.streams.snapshot;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The key of a record of {@code tally.snapshots}: the id of the snapshot, eight bytes, then the key of the entry. */
final class SnapshotKey {
    private SnapshotKey() {}

    static byte[] of(long id, byte[] entry) {
        return ByteBuffer.allocate(Long.BYTES + entry.length)
                .putLong(id)
                .put(entry)
                .array();
    }

    static boolean isOf(long id, byte[] key) {
        return key.length >= Long.BYTES && ByteBuffer.wrap(key).getLong() == id;
    }

    /** The key of the entry. */
    static byte[] entry(byte[] key) {
        return Arrays.copyOfRange(key, Long.BYTES, key.length);
    }
}
