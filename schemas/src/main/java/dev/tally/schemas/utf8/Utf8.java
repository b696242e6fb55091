package dev.tally.schemas.utf8;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strict UTF-8, without an intermediate copy. An unpaired surrogate is written as {@code ?}, like {@link String#getBytes}.
 *
 * <p>service-kit has a class of its own for the bodies of requests, because it depends on no other module and reports where
 * the first invalid character is. Both accept the same bytes.
 */
public final class Utf8 {
    private Utf8() {}

    /** The size of a text in bytes. */
    public static int size(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    size++;
                } else if (!Character.isSurrogate(c)) {
                    size += 2;
                } else if (isPair(text, i)) {
                    size += 2; // 4 bytes for 2 chars
                    i++;
                }
            }
        }
        return size;
    }

    /** Writes a text at {@code at}; returns the index after it. */
    public static int write(String text, byte[] bytes, int at) {
        int next = at;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[next++] = (byte) c;
            } else if (c < 0x800) {
                bytes[next++] = (byte) (0xC0 | (c >> 6));
                bytes[next++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                bytes[next++] = (byte) (0xE0 | (c >> 12));
                bytes[next++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[next++] = (byte) (0x80 | (c & 0x3F));
            } else if (isPair(text, i)) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                bytes[next++] = (byte) (0xF0 | (codePoint >> 18));
                bytes[next++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
                bytes[next++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
                bytes[next++] = (byte) (0x80 | (codePoint & 0x3F));
            } else {
                bytes[next++] = '?';
            }
        }
        return next;
    }

    /** Whether the bytes from {@code from} to before {@code to} are UTF-8: no overlong forms, surrogates or truncation. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int lead = bytes[i++];
            if (lead >= 0) {
                continue;
            }
            int more = (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : 0;
            if (more == 0 || to - i < more) {
                return false;
            }
            int codePoint = lead & (0x3F >> more);
            for (int end = i + more; i < end; i++) {
                if ((bytes[i] & 0xC0) != 0x80) {
                    return false;
                }
                codePoint = codePoint << 6 | (bytes[i] & 0x3F);
            }
            int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
            if (codePoint < least || codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
                return false;
            }
        }
        return true;
    }

    /** The text of the bytes from {@code from} to before {@code to}; null if they are not valid. */
    public static @Nullable String decode(byte[] bytes, int from, int to) {
        return isValid(bytes, from, to) ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : null;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
