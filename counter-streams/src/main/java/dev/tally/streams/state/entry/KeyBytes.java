package dev.tally.streams.state.entry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Key bytes as the key of a map. Comparable, so that a map access with colliding keys takes logarithmic instead of linear time.
 *
 * <p>Names come from clients, and collisions of the hash of bytes are easy to construct.
 */
public final class KeyBytes implements Comparable<KeyBytes> {
    private final byte[] bytes;
    private final int hash;

    public KeyBytes(byte[] bytes) {
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
