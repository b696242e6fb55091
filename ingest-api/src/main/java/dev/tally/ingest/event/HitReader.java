package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects that describe hits, one after the other. Not thread-safe. */
final class HitReader {
    private static final String FIELDS = "delta, id, occurredAt, source";

    /** The counter of all hits; null if each names its own. */
    private final @Nullable CounterName name;

    /** The ID that the request of a single hit gives outside the body. */
    private final @Nullable String key;

    private final String fields;
    private final long now;

    private HitReader(@Nullable CounterName name, @Nullable String key, long now) {
        this.name = name;
        this.key = key;
        this.now = now;
        this.fields = name == null ? "namespace, counter, " + FIELDS : FIELDS;
    }

    /**
     * Creates a reader of a hit on this counter.
     *
     * @param key the ID that the request gives outside the body, or null
     * @param now when the request arrived, in milliseconds since 1970: the default of occurredAt and the middle of its
     *     range
     */
    static HitReader on(CounterName name, @Nullable String key, long now) {
        return new HitReader(name, key, now);
    }

    /** Creates a reader of hits that name their counters. */
    static HitReader onAny(long now) {
        return new HitReader(null, null, now);
    }

    /**
     * Reads the object that has been entered, to its end.
     *
     * @throws ProblemException if the object is not a valid hit
     */
    Hit read(JsonReader json) {
        String namespace = null;
        String counter = null;
        long delta = 1;
        String id = null;
        long occurredAt = now;
        String source = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "delta" -> delta = json.wholeNumber();
                case "id" -> id = EventId.read(json);
                case "occurredAt" -> occurredAt = EventFields.occurredAt(json, now);
                case "source" -> source = EventFields.source(json);
                case "namespace" -> namespace = part(json, CounterName.NAMESPACE_EXPECTED);
                case "counter" -> counter = part(json, CounterName.COUNTER_EXPECTED);
                default -> throw json.unknownField(fields);
            }
        }
        return new Hit(name == null ? name(namespace, counter) : name, delta, EventId.of(id, key), occurredAt, source);
    }

    private String part(JsonReader json, String expected) {
        if (name != null) {
            throw json.unknownField(fields);
        }
        String text = json.stringOrNull();
        if (text == null) {
            throw json.invalid(HttpErrorCode.INVALID_NAME, expected);
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
            throw new ProblemException(HttpErrorCode.INVALID_NAME, e.part(), String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException missing(String part, String expected) {
        return new ProblemException(HttpErrorCode.INVALID_NAME, part, part + ": missing (expected: " + expected + ")");
    }
}
