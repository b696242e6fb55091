package dev.tally.streams.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key as a map's key. Comparable, so that keys chosen to collide cost a map a logarithm and not a scan.
 *
 * <p>Names come from outside, and the hash of bytes is easy to collide.
 */
final class KeyBytes implements Comparable<KeyBytes> {
    private final byte[] bytes;
    private final int hash;

    KeyBytes(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyBytes key && hash == key.hash && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(KeyBytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }
}
