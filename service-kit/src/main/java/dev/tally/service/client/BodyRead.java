package dev.tally.service.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/** Reads the body of one response as it arrives, up to a bound. Used on the IO thread only. */
final class BodyRead {
    private static final int BYTES_AT_FIRST = 512;
    private static final int LENGTH_DIGITS_MAX = 9;

    private final int bytesMax;
    private final ByteBuffer end;
    private final Consumer<byte[]> whenRead;
    private final Consumer<String> whenFailed;
    private ByteBuffer body;

    /**
     * @param length the {@code Content-Length} header; null if the response has none
     * @param end a buffer of one byte for reading the end of the body
     * @param whenFailed receives the reason as one phrase
     */
    BodyRead(
            @Nullable String length,
            int bytesMax,
            ByteBuffer end,
            Consumer<byte[]> whenRead,
            Consumer<String> whenFailed) {
        this.bytesMax = bytesMax;
        this.end = end;
        this.whenRead = whenRead;
        this.whenFailed = whenFailed;
        this.body = ByteBuffer.allocate(Math.min(bytesMax, length == null ? BYTES_AT_FIRST : bytes(length)));
    }

    /** The initial capacity. A body that is too large is detected when it is read. */
    private static int bytes(String length) {
        return length.isEmpty()
                        || length.length() > LENGTH_DIGITS_MAX
                        || !length.chars().allMatch(Character::isDigit)
                ? BYTES_AT_FIRST
                : Integer.parseInt(length);
    }

    void read(StreamSourceChannel channel) {
        try {
            while (true) {
                boolean full = !body.hasRemaining();
                int more = channel.read(full ? end.clear() : body);
                if (more < 0) {
                    whenRead.accept(exact());
                    return;
                } else if (more == 0) {
                    channel.getReadSetter().set(this::read);
                    channel.resumeReads();
                    return;
                } else if (full && !grow()) {
                    whenFailed.accept("the answer is longer than " + bytesMax + " bytes");
                    return;
                }
            }
        } catch (IOException e) {
            whenFailed.accept("the connection failed: " + e.getClass().getSimpleName());
        }
    }

    /** Grows the buffer and appends the byte that was read beyond its old capacity. */
    private boolean grow() {
        if (body.capacity() >= bytesMax) {
            return false;
        }
        ByteBuffer larger = ByteBuffer.allocate(Math.min(bytesMax, Math.max(BYTES_AT_FIRST, 2 * body.capacity())));
        larger.put(body.flip()).put(end.get(0));
        body = larger;
        return true;
    }

    private byte[] exact() {
        return body.hasRemaining() ? Arrays.copyOf(body.array(), body.position()) : body.array();
    }
}
