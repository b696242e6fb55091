package dev.tally.schemas.name;

import dev.tally.schemas.utf8.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of one counter: a namespace, and a counter within it. Immutable. Two names are equal if their bytes are equal.
 *
 * <p>A namespace matches {@code [a-z0-9][a-z0-9._-]{0,63}}. A counter is 1 to {@value #COUNTER_BYTES_MAX} bytes of
 * UTF-8. It must not contain the control characters U+0000–1F and U+007F–9F or the bidirectional ones U+202A–202E and
 * U+2066–2069, which can make one name look like another, and must not be {@code .} or {@code ..}. The key of all records
 * about a counter in Kafka is the UTF-8 of {@code namespace/counter}. The first {@code /} ends the namespace, so a counter may
 * contain {@code /}.
 */
public final class CounterName {
    public static final int NAMESPACE_CHARS_MAX = 64;
    public static final int COUNTER_BYTES_MAX = 200;
    /** The maximum size of a key, in bytes. */
    public static final int KEY_BYTES_MAX = NAMESPACE_CHARS_MAX + 1 + COUNTER_BYTES_MAX;

    /** The accepted namespaces, for messages. */
    public static final String NAMESPACE_EXPECTED =
            "1 to 64 characters of a-z, 0-9, '.', '_', '-', the first a letter or digit";
    /** The accepted counters, for messages. */
    public static final String COUNTER_EXPECTED =
            "1 to 200 bytes of UTF-8 without control characters, bidirectional ones among them, and not '.' or '..'";
    /** The accepted prefixes of counters, for messages. */
    public static final String PREFIX_EXPECTED =
            "at most 200 bytes of UTF-8 without control characters, bidirectional ones among them";

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String namespace;
    private final String counter;
    private final byte[] key;

    private CounterName(String namespace, String counter, byte[] key) {
        this.namespace = namespace;
        this.counter = counter;
        this.key = key;
    }

    /**
     * @throws InvalidNameException if either part is not a valid name; the message names the part, the value and what was
     *     expected
     */
    public static CounterName of(String namespace, String counter) {
        if (!isNamespace(namespace)) {
            throw new InvalidNameException("namespace", namespace, NAMESPACE_EXPECTED);
        }
        byte[] counterBytes = mayBeCounter(counter) ? counter.getBytes(StandardCharsets.UTF_8) : null;
        if (counterBytes == null || counterBytes.length > COUNTER_BYTES_MAX) {
            throw new InvalidNameException("counter", counter, COUNTER_EXPECTED);
        }
        byte[] key = new byte[namespace.length() + 1 + counterBytes.length];
        for (int i = 0; i < namespace.length(); i++) {
            key[i] = (byte) namespace.charAt(i);
        }
        key[namespace.length()] = '/';
        System.arraycopy(counterBytes, 0, key, namespace.length() + 1, counterBytes.length);
        return new CounterName(namespace, counter, key);
    }

    /** The name in a Kafka key, or null if the key is not a name. The array is retained, not copied. */
    public static @Nullable CounterName ofKey(byte @Nullable [] key) {
        if (key == null || key.length > KEY_BYTES_MAX) {
            return null;
        }
        int slash = 0;
        while (slash < key.length && key[slash] != '/') {
            slash++;
        }
        if (slash == key.length || slash > NAMESPACE_CHARS_MAX || key.length - slash - 1 > COUNTER_BYTES_MAX) {
            return null;
        }
        String namespace = new String(key, 0, slash, StandardCharsets.ISO_8859_1);
        String counter = Utf8.decode(key, slash + 1, key.length);
        return counter != null && isNamespace(namespace) && mayBeCounter(counter)
                ? new CounterName(namespace, counter, key)
                : null;
    }

    public String namespace() {
        return namespace;
    }

    public String counter() {
        return counter;
    }

    /** The key of this counter in every topic. It is not a copy, so callers must not change it. */
    public byte[] key() {
        return key;
    }

    /** The name as two URL path segments, {@code namespace/counter}. All characters except unreserved ones are escaped. */
    public String path() {
        StringBuilder path =
                new StringBuilder(key.length + 16).append(namespace).append('/');
        for (int i = namespace.length() + 1; i < key.length; i++) {
            char c = (char) (key[i] & 0xFF);
            if (isLetterOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~') {
                path.append(c);
            } else {
                path.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
            }
        }
        return path.toString();
    }

    /** Whether the text is a namespace. */
    public static boolean isNamespace(String text) {
        if (text.isEmpty() || text.length() > NAMESPACE_CHARS_MAX || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Whether the text is a valid prefix of counters. It may be empty. */
    public static boolean isPrefix(String text) {
        return isOfCounters(text) && Utf8.size(text) <= COUNTER_BYTES_MAX;
    }

    /**
     * Whether the state may hold a counter of this name. Names in older data can contain bidirectional control characters,
     * which are rejected now.
     */
    public static boolean isStored(String text) {
        return isCounter(text)
                || isCounter(text.codePoints()
                        .map(c -> InvalidNameException.isBidirectionalControl(c) ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    /** Whether the text is a counter's name. */
    public static boolean isCounter(String text) {
        return mayBeCounter(text) && Utf8.size(text) <= COUNTER_BYTES_MAX;
    }

    /** Whether the text may be a counter's name. The caller must check its length in bytes. */
    private static boolean mayBeCounter(String text) {
        return !text.isEmpty() && !text.equals(".") && !text.equals("..") && isOfCounters(text);
    }

    /** Whether all characters are allowed in a counter's name. */
    private static boolean isOfCounters(String text) {
        if (text.length() > COUNTER_BYTES_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || InvalidNameException.isBidirectionalControl(c)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false; // an unpaired surrogate has no UTF-8
                }
                i++;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CounterName name && namespace.equals(name.namespace) && counter.equals(name.counter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespace, counter);
    }

    /** {@code namespace/counter}, as the key spells it. */
    @Override
    public String toString() {
        return namespace + "/" + counter;
    }
}
