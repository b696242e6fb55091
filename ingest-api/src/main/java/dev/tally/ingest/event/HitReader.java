package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.JsonReader;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.UtcTime;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects that describe hits, one after the other. Confined to one thread. */
final class HitReader {
    private static final int SOURCE_BYTES_MAX = 100;
    private static final long PAST_MILLIS_MAX = 30L * 24 * 3_600_000;
    private static final long FUTURE_MILLIS_MAX = 10L * 60_000;
    private static final String SOURCE_EXPECTED = "a string of 1 to " + SOURCE_BYTES_MAX + " bytes";
    private static final String FIELDS = "delta, occurredAt, source";

    /** The counter of all hits; null if each names its own. */
    private final @Nullable CounterName name;

    private final String fields;
    private final long now;

    private HitReader(@Nullable CounterName name, long now) {
        this.name = name;
        this.now = now;
        this.fields = name == null ? "namespace, counter, " + FIELDS : FIELDS;
    }

    /**
     * Reads hits on this counter.
     *
     * @param now when the request came, in milliseconds since 1970: the default of occurredAt and the middle of its range
     */
    static HitReader on(CounterName name, long now) {
        return new HitReader(name, now);
    }

    /** Reads hits that name their counters. */
    static HitReader onAny(long now) {
        return new HitReader(null, now);
    }

    /**
     * Reads the object that has been entered, to its end.
     *
     * @throws ProblemException what is wrong with it
     */
    Hit read(JsonReader json) {
        String namespace = null;
        String counter = null;
        long delta = 1;
        long occurredAt = now;
        String source = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "delta" -> delta = json.wholeNumber();
                case "occurredAt" -> occurredAt = occurredAt(json);
                case "source" -> source = source(json);
                case "namespace" -> namespace = part(json, CounterName.NAMESPACE_EXPECTED);
                case "counter" -> counter = part(json, CounterName.COUNTER_EXPECTED);
                case "id" -> throw json.notSupported();
                default -> throw json.unknownField(fields);
            }
        }
        return new Hit(name == null ? name(namespace, counter) : name, delta, occurredAt, source);
    }

    private long occurredAt(JsonReader json) {
        long millis = json.time();
        if (millis < now - PAST_MILLIS_MAX || millis > now + FUTURE_MILLIS_MAX) {
            throw json.invalidValue("from 30 days ago to 10 minutes from now, which is " + UtcTime.format(now));
        }
        return millis;
    }

    private static String source(JsonReader json) {
        String text = json.stringOrNull();
        if (text == null || text.isEmpty() || isLong(text)) {
            throw json.invalidValue(SOURCE_EXPECTED);
        }
        return text;
    }

    private static boolean isLong(String text) {
        // a char is three bytes at most, so that most texts need not be encoded to be measured
        return text.length() * 3 > SOURCE_BYTES_MAX && text.getBytes(StandardCharsets.UTF_8).length > SOURCE_BYTES_MAX;
    }

    private String part(JsonReader json, String expected) {
        if (name != null) {
            throw json.unknownField(fields);
        }
        String text = json.stringOrNull();
        if (text == null) {
            throw json.invalid(ErrorCode.INVALID_NAME, expected);
        }
        return text;
    }

    private static CounterName name(@Nullable String namespace, @Nullable String counter) {
        if (namespace == null) {
            throw missing("namespace", CounterName.NAMESPACE_EXPECTED);
        }
        if (counter == null) {
            throw missing("counter", CounterName.COUNTER_EXPECTED);
        }
        try {
            return CounterName.of(namespace, counter);
        } catch (InvalidNameException e) {
            throw new ProblemException(ErrorCode.INVALID_NAME, e.part(), String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException missing(String part, String expected) {
        return new ProblemException(ErrorCode.INVALID_NAME, part, part + ": missing (expected: " + expected + ")");
    }
}
