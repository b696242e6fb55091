package dev.tally.streams.state.ids;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * The hash of IDs in memory: SipHash-1-3 with a random key. Counter names and IDs come from clients, and a client that knew the
 * key could make all of them collide. The hash differs in each process and must therefore not be stored. Thread-safe.
 */
final class IdHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LAST_ROUNDS = 3;

    private final long key0;
    private final long key1;

    IdHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static IdHash random() {
        SecureRandom random = new SecureRandom();
        return new IdHash(random.nextLong(), random.nextLong());
    }

    long of(byte[] counter, byte[] id) {
        int ofCounter = counter.length / Long.BYTES + 1;
        int words = ofCounter + id.length / Long.BYTES + 1;
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        for (int i = 0; i < words + LAST_ROUNDS; i++) {
            long word = 0;
            if (i < ofCounter) {
                word = word(counter, i * Long.BYTES);
            } else if (i < words) {
                word = word(id, (i - ofCounter) * Long.BYTES);
            } else if (i == words) {
                v2 ^= 0xff;
            }
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The last word, which may contain no bytes, ends with the length. The hash thus also covers where counter and ID meet. */
    private static long word(byte[] bytes, int from) {
        if (from + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, from);
        }
        long word = (long) bytes.length << 56;
        for (int i = from; i < bytes.length; i++) {
            word |= (bytes[i] & 0xffL) << ((i - from) * Byte.SIZE);
        }
        return word;
    }
}
