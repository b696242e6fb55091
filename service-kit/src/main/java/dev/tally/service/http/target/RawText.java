package dev.tally.service.http.target;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-decodes one part of a request target, strictly and once. {@code +} and {@code ;} stand for themselves. */
public final class RawText {
    private RawText() {}

    /** Decodes the text from {@code start} to {@code end}. Null if an escape is malformed or the bytes are not UTF-8. */
    public static @Nullable String decode(String raw, int start, int end) {
        if (isPlain(raw, start, end)) {
            return raw.substring(start, end);
        }
        byte[] bytes = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = i + 2 < end ? hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2)) : -1;
                if (value < 0) {
                    return null;
                }
                bytes[length++] = (byte) value;
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                return null; // unescaped characters in a target must be ASCII
            }
        }
        return utf8(bytes, length);
    }

    private static boolean isPlain(String raw, int start, int end) {
        for (int i = start; i < end; i++) {
            if (raw.charAt(i) == '%' || raw.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** 0 to 15, or a negative number that stays negative when combined with another digit. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1 << 8;
    }

    private static @Nullable String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
