package dev.tally.schemas.wire;

/** Avro's variable-length integers: zigzag, then 7 bits a byte, lowest first, the high bit set on all but the last byte. */
final class Varint {
    private Varint() {}

    /** The size of a number in bytes: 1 to 10. */
    static int size(long number) {
        return (70 - Long.numberOfLeadingZeros(zigzag(number) | 1)) / 7;
    }

    /** Writes a number at {@code at}; returns the index after it. */
    static int write(long number, byte[] bytes, int at) {
        long rest = zigzag(number);
        int next = at;
        while ((rest & ~0x7FL) != 0) {
            bytes[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    private static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }
}
