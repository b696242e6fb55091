package dev.tally.streams.state.entry;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the state: a first byte that gives the type of the entry, and what follows it. */
public final class StateKeys {
    private StateKeys() {}

    public static Bytes prefixed(byte prefix, byte[] key) {
        byte[] stateKey = new byte[key.length + 1];
        stateKey[0] = prefix;
        System.arraycopy(key, 0, stateKey, 1, key.length);
        return Bytes.wrap(stateKey);
    }

    /** The key without its first byte. */
    public static byte[] unprefixed(Bytes stateKey) {
        byte[] bytes = stateKey.get();
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }
}
