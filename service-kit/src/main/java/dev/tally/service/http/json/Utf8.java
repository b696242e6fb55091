package dev.tally.service.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8: shortest forms only, no surrogates, nothing beyond U+10FFFF. Parsers are more lenient, so bytes are
 * validated before they are parsed. The {@code Utf8} of schemas, on which this module does not depend, accepts the same
 * bytes.
 */
public final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** The index of the first invalid character from {@code from} to before {@code to}; -1 if all are valid. */
    public static int firstInvalid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (i + Long.BYTES <= to && ((long) EIGHT.get(bytes, i) & NOT_ASCII) == 0) {
                i += Long.BYTES;
            } else if (bytes[i] >= 0) {
                i++;
            } else {
                int length = length(bytes, i, to);
                if (length == 0) {
                    return i;
                }
                i += length;
            }
        }
        return -1;
    }

    /** The length in bytes of the non-ASCII character that starts at {@code i}; 0 if it is invalid. */
    private static int length(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        if (first < 0xC2) {
            return 0; // a continuation, or an overlong form of ASCII
        }
        if (first < 0xE0) {
            return isContinuation(bytes, i + 1, to) ? 2 : 0;
        }
        if (!isContinuation(bytes, i + 1, to) || !isContinuation(bytes, i + 2, to)) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        if (first < 0xF0) {
            boolean overlong = first == 0xE0 && second < 0xA0;
            boolean surrogate = first == 0xED && second >= 0xA0;
            return overlong || surrogate ? 0 : 3;
        }
        boolean overlong = first == 0xF0 && second < 0x90;
        boolean beyond = first > 0xF4 || (first == 0xF4 && second >= 0x90);
        return overlong || beyond || !isContinuation(bytes, i + 3, to) ? 0 : 4;
    }

    private static boolean isContinuation(byte[] bytes, int i, int to) {
        return i < to && (bytes[i] & 0xC0) == 0x80;
    }
}
