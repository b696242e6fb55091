package dev.tally.schemas.wire;

import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary out of one array, strictly and without garbage. The first thing that is wrong is remembered as the
 * {@link #problem}; from then on every read gives 0 and changes nothing, so a caller reads a whole record and asks once.
 * Confined to one thread.
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

    /** Always 0, the value of a read that fails. */
    int fail(String problem) {
        if (this.problem == null) {
            this.problem = problem;
        }
        position = bytes.length;
        return 0;
    }

    /** Whether the record was read without a problem to its last byte. */
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

    /** Steps over a string; returns where its text begins. It ends at {@link #position}. */
    int skipString() {
        int from = skipBytes();
        if (!Utf8.isValid(bytes, from, position)) {
            fail("broken UTF-8");
        }
        return from;
    }

    /** Steps over a length and so many bytes; returns where they begin. They end at {@link #position}. */
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

    /** Steps over {@code length} bytes; returns where they begin. */
    int skipFixed(int length) {
        if (length > remaining()) {
            fail("truncated");
            return position;
        }
        position += length;
        return position - length;
    }

    /** Steps over a union of null and string; returns where the text begins, or -1 if it is null. */
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
