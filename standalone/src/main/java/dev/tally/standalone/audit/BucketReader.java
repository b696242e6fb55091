package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tally.Operation;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BucketWriter} wrote, in the same order. */
final class BucketReader implements Closeable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final DataInputStream in;

    BucketReader(Path path) {
        try {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns null at the end. */
    @Nullable
    BucketEntry next() {
        try {
            int kind = in.read();
            if (kind < 0) {
                return null;
            }
            byte[] key = bytes(in.readUnsignedShort());
            return kind == BucketWriter.CLAIM ? claim(key) : event(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BucketEntry.Claim claim(byte[] key) throws IOException {
        CounterValue value = new CounterValue(in.readLong(), in.readLong());
        return new BucketEntry.Claim(key, value, in.readLong());
    }

    private BucketEntry.Event event(byte[] key) throws IOException {
        Operation operation = operation(in.readByte());
        long value = in.readLong();
        long offset = in.readLong();
        long streamTime = in.readLong();
        int idLength = in.readUnsignedShort();
        String id = idLength == BucketWriter.NO_ID ? null : new String(bytes(idLength), ISO_8859_1);
        return new BucketEntry.Event(key, id, operation, value, offset, streamTime);
    }

    private static Operation operation(byte symbol) throws IOException {
        return switch (symbol) {
            case BucketWriter.ADD -> Operation.ADD;
            case BucketWriter.SET -> Operation.SET;
            case BucketWriter.DELETE -> Operation.DELETE;
            default -> throw new IOException("A temporary file was changed: operation " + symbol);
        };
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
