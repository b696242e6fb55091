package dev.tally.streams.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The number of entries so far, and a CRC-32C over the lengths and bytes of their keys and values. Not thread-safe. */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer lengths = ByteBuffer.allocate(2 * Integer.BYTES);
    private long entries;

    void add(byte[] key, byte[] value) {
        lengths.clear();
        crc.update(lengths.putInt(key.length).putInt(value.length).flip());
        crc.update(key);
        crc.update(value);
        entries++;
    }

    long entries() {
        return entries;
    }

    long value() {
        return crc.getValue();
    }
}
