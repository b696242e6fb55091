package dev.tally.service.http.json;

/** Whole numbers as ASCII digits. */
final class Decimal {
    private static final byte[] MIN = "-9223372036854775808".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private Decimal() {}

    /** Writes {@code value} at {@code at}, at most 20 bytes, and returns the index after it. */
    static int write(long value, byte[] bytes, int at) {
        if (value == Long.MIN_VALUE) {
            System.arraycopy(MIN, 0, bytes, at, MIN.length);
            return at + MIN.length;
        }
        int start = at;
        long rest = value;
        if (rest < 0) {
            bytes[start++] = '-';
            rest = -rest;
        }
        int end = start + digits(rest);
        for (int i = end - 1; i >= start; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
