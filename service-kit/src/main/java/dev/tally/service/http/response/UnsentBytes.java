package dev.tally.service.http.response;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a stream owes its client, within a bound. Pieces that are added while earlier ones are sent become one buffer, so that
 * many small pieces cost neither an object nor a chunk each. Not thread-safe, except that the buffer is written unguarded.
 */
final class UnsentBytes {
    private static final byte[] NONE = {};
    private static final int FIRST_BYTES = 256;

    private final int max;
    /** What is being sent. */
    private ByteBuffer head = ByteBuffer.wrap(NONE);

    private int headCount;
    /** What is to be sent after it. */
    private byte[] tail = NONE;

    private int tailCount;

    UnsentBytes(int max) {
        this.max = max;
    }

    /** Adds a copy of the bytes. Returns false and adds nothing if that exceeds the bound. */
    boolean add(byte[] bytes) {
        if (bytes.length > max - count()) {
            return false;
        }
        int wanted = tailCount + bytes.length;
        if (wanted > tail.length) {
            long doubled = Math.max(FIRST_BYTES, tail.length * 2L);
            tail = Arrays.copyOf(tail, (int) Math.min(Math.max(doubled, wanted), Math.max(max, wanted)));
        }
        System.arraycopy(bytes, 0, tail, tailCount, bytes.length);
        tailCount = wanted;
        return true;
    }

    /** The buffer to send from; null if all bytes are sent. */
    @Nullable
    ByteBuffer next() {
        if (headCount == 0) {
            if (tailCount == 0) {
                return null;
            }
            head = ByteBuffer.wrap(tail, 0, tailCount);
            headCount = tailCount;
            tail = NONE;
            tailCount = 0;
        }
        return head;
    }

    /** Removes bytes that are sent. */
    void sent(int count) {
        headCount -= count;
    }

    int count() {
        return headCount + tailCount;
    }

    void clear() {
        head = ByteBuffer.wrap(NONE);
        headCount = 0;
        tail = NONE;
        tailCount = 0;
    }
}
