package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parses the answers on one connection, byte by byte, one after the other. Each must state the length of its body. */
final class AnswerParser {
    private static final String RECEIPT = "tally-receipt:";
    private static final String LENGTH = "content-length:";
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private byte[] bytes = new byte[1024];
    private int length;
    private int headEnd;

    void add(ByteBuffer more) {
        int count = more.remaining();
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        more.get(bytes, length, count);
        length += count;
    }

    /** The answer, if it is complete. The bytes after it belong to the next one. */
    @Nullable
    HttpAnswer next(long nanos) {
        if (headEnd == 0 && !findHeadEnd()) {
            return null;
        }
        String head = new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1);
        String bodyLength = header(head, LENGTH);
        if (bodyLength == null) {
            throw new BenchException("a response without Content-Length:\n" + head);
        }
        int end = headEnd + Integer.parseInt(bodyLength);
        if (length < end) {
            return null;
        }
        HttpAnswer answer = new HttpAnswer(
                Integer.parseInt(head.substring(9, 12)),
                header(head, RECEIPT),
                new String(bytes, headEnd, end - headEnd, StandardCharsets.UTF_8),
                nanos);
        System.arraycopy(bytes, end, bytes, 0, length - end);
        length -= end;
        headEnd = 0;
        return answer;
    }

    private boolean findHeadEnd() {
        for (int end = HEAD_END.length; end <= length; end++) {
            if (Arrays.equals(bytes, end - HEAD_END.length, end, HEAD_END, 0, HEAD_END.length)) {
                headEnd = end;
                return true;
            }
        }
        return false;
    }

    private static @Nullable String header(String head, String name) {
        for (int start = head.indexOf('\n') + 1; start > 0; start = head.indexOf('\n', start) + 1) {
            if (head.regionMatches(true, start, name, 0, name.length())) {
                return head.substring(start + name.length(), head.indexOf('\r', start))
                        .strip();
            }
        }
        return null;
    }
}
