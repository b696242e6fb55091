package dev.tally.schemas.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Lets Avro's schema resolution read from a {@link Cursor}. Avro's default decoder allocates as much as a length field claims
 * and replaces malformed UTF-8. This one validates everything and throws an {@link IOException} at the first fault.
 */
final class StrictDecoder extends Decoder {
    private final Cursor cursor;

    StrictDecoder(Cursor cursor) {
        this.cursor = cursor;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        byte b = cursor.bytes()[fixed(1)];
        if (b != 0 && b != 1) {
            cursor.fail("boolean " + b + " (expected: 0 or 1)");
            check();
        }
        return b == 1;
    }

    @Override
    public int readInt() throws IOException {
        int value = cursor.readInt();
        check();
        return value;
    }

    @Override
    public long readLong() throws IOException {
        long value = cursor.readLong();
        check();
        return value;
    }

    @Override
    public float readFloat() throws IOException {
        return littleEndian(4).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return littleEndian(8).getDouble();
    }

    @Override
    public org.apache.avro.util.Utf8 readString(org.apache.avro.util.@Nullable Utf8 old) throws IOException {
        return new org.apache.avro.util.Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int from = cursor.skipString();
        check();
        return new String(cursor.bytes(), from, cursor.position() - from, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        cursor.skipString();
        check();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int from = cursor.skipBytes();
        check();
        return ByteBuffer.wrap(cursor.bytes(), from, cursor.position() - from).slice();
    }

    @Override
    public void skipBytes() throws IOException {
        cursor.skipBytes();
        check();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        System.arraycopy(cursor.bytes(), fixed(length), bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        fixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return itemCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipArray() throws IOException {
        return itemCount();
    }

    @Override
    public long readMapStart() throws IOException {
        return itemCount();
    }

    @Override
    public long mapNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipMap() throws IOException {
        return itemCount();
    }

    /**
     * Reads the number of items in the next block, 0 at the end. A block with more items than remaining bytes is rejected,
     * because zero-byte items could make the loop practically endless.
     */
    private long itemCount() throws IOException {
        long count = cursor.readLong();
        if (count < 0) {
            cursor.readLong(); // the block's size in bytes
            count = -count;
        }
        if (count < 0 || count > cursor.remaining()) {
            cursor.fail("truncated");
        }
        check();
        return count;
    }

    private ByteBuffer littleEndian(int length) throws IOException {
        return ByteBuffer.wrap(cursor.bytes(), fixed(length), length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    private int fixed(int length) throws IOException {
        int from = cursor.skipFixed(length);
        check();
        return from;
    }

    private void check() throws IOException {
        String problem = cursor.problem();
        if (problem != null) {
            throw new IOException(problem);
        }
    }
}
