package dev.tally.schemas.wire;

import dev.tally.schemas.utf8.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary from one array, strictly and without allocation. The first fault is kept as the {@link #problem}. After
 * it every read returns 0 and changes nothing, so that a caller reads a whole record and checks once. Not thread-safe.
 */
final class Cursor {
    private byte[] bytes = {};
    private int position;
    private @Nullable String problem;

    void open(byte[] bytes, int from) {
        this.bytes = bytes;
        position = from;
        problem = null;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    @Nullable
    String problem() {
        return problem;
    }

    /** Records the first problem. Always returns 0, the result of a failed read. */
    int fail(String problem) {
        if (this.problem == null) {
            this.problem = problem;
        }
        position = bytes.length;
        return 0;
    }

    /** Whether the record was read to its last byte without a problem. */
    boolean finish() {
        if (problem == null && position < bytes.length) {
            fail("bytes after the end: " + remaining());
        }
        return problem == null;
    }

    long readLong() {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position == bytes.length) {
                return fail("truncated");
            }
            byte b = bytes[position++];
            zigzag |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        return fail("a long of more than 10 bytes");
    }

    int readInt() {
        int zigzag = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position == bytes.length) {
                return fail("truncated");
            }
            byte b = bytes[position++];
            zigzag |= (b & 0x7F) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        return fail("an int of more than 5 bytes");
    }

    /** Skips a string. Returns the index at which its text begins; it ends at {@link #position}. */
    int skipString() {
        int from = skipBytes();
        if (!Utf8.isValid(bytes, from, position)) {
            fail("broken UTF-8");
        }
        return from;
    }

    /** Skips a length and that number of bytes. Returns the index at which the bytes begin; they end at {@link #position}. */
    int skipBytes() {
        long length = readLong();
        if (length < 0) {
            fail("a negative length");
        } else if (length > remaining()) {
            fail("truncated");
        } else {
            position += (int) length;
            return position - (int) length;
        }
        return position;
    }

    /** Skips {@code length} bytes. Returns the index at which they begin. */
    int skipFixed(int length) {
        if (length > remaining()) {
            fail("truncated");
            return position;
        }
        position += length;
        return position - length;
    }

    /** Skips a union of null and string. Returns the index at which the text begins, or -1 if it is null. */
    int skipOptionalString() {
        int branch = readInt();
        if (branch == 1) {
            return skipString();
        }
        if (branch != 0) {
            fail("union branch " + branch + " (expected: 0 or 1)");
        }
        return -1;
    }
}
