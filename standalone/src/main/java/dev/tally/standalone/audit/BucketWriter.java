package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tally.Operation;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a bucket to a new file, which {@link BucketReader} reads. */
final class BucketWriter implements Closeable {
    static final byte CLAIM = 0;
    static final byte EVENT = 1;
    static final byte ADD = 0;
    static final byte SET = 1;
    static final byte DELETE = 2;
    /** The length of an ID of an event that has none. */
    static final int NO_ID = 0;

    private static final int BUFFER_BYTES = 16 << 10;

    private final Path path;
    private final DataOutputStream out;

    BucketWriter(Path path) {
        this.path = path;
        try {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    /** @throws UncheckedIOException if the disk is full */
    void write(BucketEntry entry) {
        try {
            if (entry instanceof BucketEntry.Claim claim) {
                start(CLAIM, claim.key());
                out.writeLong(claim.value().total());
                out.writeLong(claim.value().updatedAtMillis());
                out.writeLong(claim.offset());
            } else if (entry instanceof BucketEntry.Event event) {
                start(EVENT, event.key());
                out.writeByte(symbol(event.operation()));
                out.writeLong(event.value());
                out.writeLong(event.offset());
                out.writeLong(event.streamTime());
                String id = event.id();
                out.writeShort(id == null ? NO_ID : id.length());
                if (id != null) {
                    out.write(id.getBytes(ISO_8859_1)); // it is ASCII
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte symbol(Operation operation) {
        return switch (operation) {
            case ADD -> ADD;
            case SET -> SET;
            case DELETE -> DELETE;
            case UNKNOWN -> throw new AssertionError("counting stops at such an event");
        };
    }

    private void start(byte kind, byte[] key) throws IOException {
        out.writeByte(kind);
        out.writeShort(key.length);
        out.write(key);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
