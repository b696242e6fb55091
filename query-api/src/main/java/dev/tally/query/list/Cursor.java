package dev.tally.query.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.utf8.Utf8;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The name after which a list continues, as an opaque text: base64url of a version and the name. */
public final class Cursor {
    private static final byte VERSION = 1;
    private static final int CHARS_MAX = (CounterName.COUNTER_BYTES_MAX + 1 + 2) / 3 * 4;

    private Cursor() {}

    public static String of(String counter) {
        byte[] name = counter.getBytes(UTF_8);
        byte[] bytes =
                ByteBuffer.allocate(1 + name.length).put(VERSION).put(name).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns null if the text is not a cursor that was issued. */
    public static @Nullable String parse(String text) {
        String counter = text.length() > CHARS_MAX ? null : decode(text);
        // Several texts encode the same bytes. Only one of them was issued.
        return counter != null && CounterName.isStored(counter) && of(counter).equals(text) ? counter : null;
    }

    private static @Nullable String decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length == 0 || bytes[0] != VERSION ? null : Utf8.decode(bytes, 1, bytes.length);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
