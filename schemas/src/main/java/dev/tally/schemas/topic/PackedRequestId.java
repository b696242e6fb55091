package dev.tally.schemas.topic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request id of the form that ingest-api makes, in few bytes: 16 characters of 5 bits each, the first 8 of which name
 * the process and the last 8 of which count. Written as 5 bytes, and then the count's, the highest first, without leading
 * zeros. Exact both ways, whoever made the id: every text of this form has one packed form, and no other has any.
 */
final class PackedRequestId {
    private static final int PREFIX_BYTES = 5;
    private static final int COUNT_BYTES_MAX = 5;
    static final int BYTES_MIN = PREFIX_BYTES;
    static final int BYTES_MAX = PREFIX_BYTES + COUNT_BYTES_MAX;

    private static final int HALF_CHARS = 8;
    private static final int BITS = 5;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final byte NONE = -1;
    private static final byte[] VALUES = values();

    private PackedRequestId() {}

    /** Null if the id is not of this form. */
    static byte @Nullable [] pack(String id) {
        if (id.length() != 2 * HALF_CHARS) {
            return null;
        }
        long prefix = number(id, 0);
        long count = number(id, HALF_CHARS);
        if (prefix == NONE || count == NONE) {
            return null;
        }
        int countBytes = bytes(count);
        byte[] packed = new byte[PREFIX_BYTES + countBytes];
        write(prefix, packed, 0, PREFIX_BYTES);
        write(count, packed, PREFIX_BYTES, countBytes);
        return packed;
    }

    /** The id in ASCII; null if this is not the packed form of any. */
    static byte @Nullable [] unpack(byte[] packed) {
        boolean leadingZero = packed.length > PREFIX_BYTES && packed[PREFIX_BYTES] == 0;
        if (packed.length < BYTES_MIN || packed.length > BYTES_MAX || leadingZero) {
            return null;
        }
        byte[] id = new byte[2 * HALF_CHARS];
        write(read(packed, 0, PREFIX_BYTES), id, 0);
        write(read(packed, PREFIX_BYTES, packed.length), id, HALF_CHARS);
        return id;
    }

    private static long number(String id, int from) {
        long number = 0;
        for (int i = from; i < from + HALF_CHARS; i++) {
            char c = id.charAt(i);
            byte value = c < VALUES.length ? VALUES[c] : NONE;
            if (value == NONE) {
                return NONE;
            }
            number = number << BITS | value;
        }
        return number;
    }

    private static void write(long number, byte[] id, int from) {
        long rest = number;
        for (int i = from + HALF_CHARS - 1; i >= from; i--) {
            id[i] = (byte) ALPHABET.charAt((int) (rest & (1 << BITS) - 1));
            rest >>>= BITS;
        }
    }

    private static int bytes(long number) {
        return (Long.SIZE - Long.numberOfLeadingZeros(number) + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static void write(long number, byte[] bytes, int from, int count) {
        long rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            bytes[i] = (byte) rest;
            rest >>>= Byte.SIZE;
        }
    }

    private static long read(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return number;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, NONE);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }
}
