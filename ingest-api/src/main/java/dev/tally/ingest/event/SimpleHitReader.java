package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.json.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fast path for hits as most programs write them: strings of ASCII without escapes, whole numbers of at most
 * {@value #DIGITS_MAX} digits, only blanks between tokens. It costs a fraction of a full JSON parser. Every other
 * input, and every invalid hit, is left to {@link HitReader}, which reads it or reports its problem. A hit that this
 * reader accepts is read by {@link HitReader} as the same hit. Not thread-safe.
 */
final class SimpleHitReader {
    private static final int DIGITS_MAX = 18;
    private static final byte[] NAMESPACE = name("namespace");
    private static final byte[] COUNTER = name("counter");
    private static final byte[] DELTA = name("delta");
    private static final byte[] ID = name("id");
    private static final byte[] OCCURRED_AT = name("occurredAt");
    private static final byte[] SOURCE = name("source");

    /** The counter of all hits; null if each names its own. */
    private final @Nullable CounterName name;

    private final long now;
    private byte[] text = {};
    private int at;
    private int end;

    private @Nullable String namespace;
    private @Nullable String counter;
    private @Nullable String id;
    private @Nullable String source;
    private long delta;
    private long occurredAt;
    private boolean hasDelta;
    private boolean hasOccurredAt;

    /**
     * @param name the counter of all hits; null if each names its own
     * @param now when the request arrived, in milliseconds since 1970: the default of occurredAt and the middle of its
     *     range
     */
    SimpleHitReader(@Nullable CounterName name, long now) {
        this.name = name;
        this.now = now;
    }

    /**
     * Reads the hit from {@code from} inclusive to {@code to} exclusive. Returns null if it is not in simple form
     * or not a hit.
     */
    @Nullable
    Hit read(byte[] json, int from, int to) {
        text = json;
        at = from;
        end = to;
        namespace = null;
        counter = null;
        id = null;
        source = null;
        delta = 1;
        occurredAt = now;
        hasDelta = false;
        hasOccurredAt = false;
        return readFields() && isOver() ? hit() : null;
    }

    private boolean readFields() {
        if (!take('{')) {
            return false;
        }
        do {
            if (!readField()) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean readField() {
        if (!take('"') || at == end) {
            return false;
        }
        switch (text[at]) {
            case 'n' -> {
                return name == null && namespace == null && takeName(NAMESPACE) && (namespace = string()) != null;
            }
            case 'c' -> {
                return name == null && counter == null && takeName(COUNTER) && (counter = string()) != null;
            }
            case 'd' -> {
                return !hasDelta && takeName(DELTA) && readDelta();
            }
            case 'i' -> {
                return id == null && takeName(ID) && (id = string()) != null && EventId.isValid(id);
            }
            case 'o' -> {
                return !hasOccurredAt && takeName(OCCURRED_AT) && readOccurredAt();
            }
            case 's' -> {
                return source == null
                        && takeName(SOURCE)
                        && (source = string()) != null
                        && EventFields.isSource(source);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean readDelta() {
        skipBlanks();
        boolean negative = at < end && text[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
        long number = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9' && at - first <= DIGITS_MAX) {
            number = number * 10 + (text[at++] - '0');
        }
        int digits = at - first;
        if (digits == 0 || digits > DIGITS_MAX || (text[first] == '0' && digits > 1)) {
            return false;
        }
        hasDelta = true;
        delta = negative ? -number : number;
        return true;
    }

    private boolean readOccurredAt() {
        String time = string();
        if (time == null) {
            return false;
        }
        hasOccurredAt = true;
        occurredAt = Rfc3339.parse(time);
        return occurredAt != Rfc3339.NONE && EventFields.isInRange(occurredAt, now);
    }

    /** Consumes the rest of a name whose opening quote has been consumed, and the colon after it. */
    private boolean takeName(byte[] name) {
        if (end - at < name.length || !Arrays.equals(text, at, at + name.length, name, 0, name.length)) {
            return false;
        }
        at += name.length;
        return take(':');
    }

    private @Nullable String string() {
        if (!take('"')) {
            return null;
        }
        int from = at;
        while (at < end && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
            at++; // a byte beyond ASCII is negative
        }
        return at < end && text[at] == '"' ? new String(text, from, at++ - from, StandardCharsets.ISO_8859_1) : null;
    }

    private boolean take(char token) {
        skipBlanks();
        if (at < end && text[at] == token) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < end && text[at] == ' ') {
            at++;
        }
    }

    private boolean isOver() {
        while (at < end && (text[at] == ' ' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at == end;
    }

    private @Nullable Hit hit() {
        CounterName of = name == null ? named() : name;
        return of == null ? null : new Hit(of, delta, id, occurredAt, source);
    }

    private @Nullable CounterName named() {
        if (namespace == null || counter == null) {
            return null;
        }
        try {
            return CounterName.of(namespace, counter);
        } catch (InvalidNameException e) {
            return null;
        }
    }

    private static byte[] name(String name) {
        return (name + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
