package dev.tally.service.http.json;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text as UTF-8 into a growing array. The writer adds the commas; the caller is responsible for the nesting.
 * Not thread-safe.
 */
public final class JsonWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int LONG_CHARS_MAX = 20;

    private byte[] bytes;
    private int length;
    private boolean comma;

    public JsonWriter() {
        this(256);
    }

    public JsonWriter(int bytesExpected) {
        this.bytes = new byte[bytesExpected];
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    /** A name within an object; its value follows. */
    public JsonWriter name(String name) {
        string(name);
        put((byte) ':');
        comma = false;
        return this;
    }

    /** A string, or null. */
    public JsonWriter value(@Nullable String value) {
        if (value == null) {
            return nullValue();
        }
        string(value);
        return this;
    }

    public JsonWriter value(long value) {
        separate();
        ensure(LONG_CHARS_MAX);
        length = Decimal.write(value, bytes, length);
        return this;
    }

    public JsonWriter value(boolean value) {
        return literal(value ? "true" : "false");
    }

    /** A number as a string, for clients that round numbers beyond 2^53. */
    public JsonWriter valueAsString(long value) {
        separate();
        ensure(LONG_CHARS_MAX + 2);
        bytes[length++] = '"';
        length = Decimal.write(value, bytes, length);
        bytes[length++] = '"';
        return this;
    }

    /** A whole number of any size. */
    public JsonWriter value(BigInteger value) {
        return value.bitLength() < Long.SIZE ? value(value.longValue()) : literal(value.toString());
    }

    /** The same as a string. */
    public JsonWriter valueAsString(BigInteger value) {
        return value.bitLength() < Long.SIZE ? valueAsString(value.longValue()) : value(value.toString());
    }

    /** A time as {@code 2026-11-24T12:00:00.000Z}, or null. */
    public JsonWriter value(@Nullable Instant time) {
        return time == null ? nullValue() : time(time.toEpochMilli());
    }

    /** A time given in milliseconds since 1970. */
    public JsonWriter time(long epochMillis) {
        separate();
        ensure(UtcTime.CHARS_MAX + 2);
        bytes[length++] = '"';
        length = UtcTime.write(epochMillis, bytes, length);
        bytes[length++] = '"';
        return this;
    }

    public JsonWriter nullValue() {
        return literal("null");
    }

    /** A value that another writer has written. */
    public JsonWriter raw(JsonWriter value) {
        separate();
        ensure(value.length);
        System.arraycopy(value.bytes, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** The text so far. It is not a copy, so nothing may be written afterwards. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private JsonWriter open(char bracket) {
        separate();
        put((byte) bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        put((byte) bracket);
        comma = true;
        return this;
    }

    private JsonWriter literal(String text) {
        separate();
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    private void string(String text) {
        separate();
        int chars = text.length();
        ensure(chars + 2);
        bytes[length++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
                hardChars(text, i);
                break;
            }
            bytes[length++] = (byte) c;
        }
        put((byte) '"');
    }

    /** Writes the rest of a string from a character on that is not plain ASCII. An unpaired surrogate becomes U+FFFD. */
    private void hardChars(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            ensure(6);
            if (c == '"' || c == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = (byte) c;
            } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
                bytes[length++] = '\\';
                bytes[length++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    bytes[length++] = HEX[(c >> shift) & 0xF];
                }
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                utf8(Character.isSurrogate(c) ? 0xFFFD : c);
            }
        }
    }

    private void utf8(int codePoint) {
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
                bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void separate() {
        if (comma) {
            put((byte) ',');
        }
        comma = true;
    }

    private void put(byte b) {
        ensure(1);
        bytes[length++] = b;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
