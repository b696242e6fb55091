package dev.tally.ingest.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.Shown;
import dev.tally.service.http.UtcTime;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects that describe hits, one after the other. After {@link #read} has found nothing wrong, the values are
 * here until it is called again. Confined to one thread.
 */
final class HitReader {
    private static final int SOURCE_BYTES_MAX = 100;
    private static final long PAST_MILLIS_MAX = 30L * 24 * 3_600_000;
    private static final long FUTURE_MILLIS_MAX = 10L * 60_000;
    private static final String DELTA_EXPECTED =
            " (expected: a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ")";
    private static final String SOURCE_EXPECTED = " (expected: a string of 1 to " + SOURCE_BYTES_MAX + " bytes)";

    private static final int DELTA = 1;
    private static final int OCCURRED_AT = 1 << 1;
    private static final int SOURCE = 1 << 2;
    private static final int NAMESPACE = 1 << 3;
    private static final int COUNTER = 1 << 4;

    private final boolean named;
    private final String fieldsExpected;
    private final long now;

    /** A bit for each field that has been seen in this object. */
    private int seen;

    private long delta;
    private long occurredAt;
    private @Nullable String source;
    private @Nullable CounterName name;
    private String namespace = "";
    private String counter = "";

    private HitReader(@Nullable CounterName name, long now) {
        this.named = name == null;
        this.name = name;
        this.now = now;
        this.fieldsExpected = (named ? "namespace, counter, " : "") + "delta, occurredAt, source";
        clear();
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

    /** The hit that {@link #read} has found nothing wrong with; before it is called for the first time, one that says nothing. */
    Hit hit() {
        return new Hit(Objects.requireNonNull(name), delta, occurredAt, source);
    }

    /**
     * Reads the object that the parser stands on, to its end.
     *
     * @return what is wrong with it, the parser then standing somewhere within, or null
     */
    @Nullable
    FieldProblem read(JsonParser parser) throws IOException {
        clear();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return notJson(JsonText.shown(parser) + " (expected: an object of " + fieldsExpected + ")");
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            FieldProblem problem = readField(field, parser);
            if (problem != null) {
                return problem;
            }
        }
        return named ? readName() : null;
    }

    private @Nullable FieldProblem readName() {
        if ((seen & NAMESPACE) == 0) {
            return badName("namespace", "namespace: missing (expected: " + CounterName.NAMESPACE_EXPECTED + ")");
        }
        if ((seen & COUNTER) == 0) {
            return badName("counter", "counter: missing (expected: " + CounterName.COUNTER_EXPECTED + ")");
        }
        try {
            name = CounterName.of(namespace, counter);
            return null;
        } catch (InvalidNameException e) {
            return badName(e.part(), String.valueOf(e.getMessage()));
        }
    }

    private void clear() {
        seen = 0;
        delta = 1;
        occurredAt = now;
        source = null;
    }

    private @Nullable FieldProblem readField(String field, JsonParser parser) throws IOException {
        int bit = bit(field);
        if (bit == 0) {
            return field.equals("id")
                    ? new FieldProblem("id", ErrorCode.NOT_SUPPORTED, "id: not supported yet")
                    : new FieldProblem(
                            Shown.raw(field),
                            ErrorCode.UNKNOWN_FIELD,
                            Shown.raw(field) + ": unknown field (expected: " + fieldsExpected + ")");
        }
        if ((seen & bit) != 0) {
            return new FieldProblem(field, ErrorCode.INVALID_JSON, field + ": given twice (expected: at most once)");
        }
        seen |= bit;
        JsonToken token = parser.nextToken();
        return switch (bit) {
            case DELTA -> readDelta(token, parser);
            case OCCURRED_AT -> readOccurredAt(token, parser);
            case SOURCE -> readSource(token, parser);
            case NAMESPACE -> readNamespace(token, parser);
            default -> readCounter(token, parser);
        };
    }

    private int bit(String field) {
        return switch (field) {
            case "delta" -> DELTA;
            case "occurredAt" -> OCCURRED_AT;
            case "source" -> SOURCE;
            case "namespace" -> named ? NAMESPACE : 0;
            case "counter" -> named ? COUNTER : 0;
            default -> 0;
        };
    }

    private @Nullable FieldProblem readDelta(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return invalid("delta", JsonText.shown(parser) + DELTA_EXPECTED);
        }
        delta = parser.getLongValue();
        return null;
    }

    private @Nullable FieldProblem readOccurredAt(JsonToken token, JsonParser parser) throws IOException {
        long millis = token == JsonToken.VALUE_STRING
                ? Rfc3339.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                : Rfc3339.INVALID;
        if (millis == Rfc3339.INVALID) {
            return invalid(
                    "occurredAt",
                    JsonText.shown(parser) + " (expected: a time as RFC 3339 writes it, like " + UtcTime.format(now)
                            + ")");
        }
        if (millis < now - PAST_MILLIS_MAX || millis > now + FUTURE_MILLIS_MAX) {
            return invalid(
                    "occurredAt",
                    JsonText.shown(parser) + " (expected: from 30 days ago to 10 minutes from now, which is "
                            + UtcTime.format(now) + ")");
        }
        occurredAt = millis;
        return null;
    }

    private @Nullable FieldProblem readSource(JsonToken token, JsonParser parser) throws IOException {
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        int bytes = Utf8.length(text);
        if (bytes < 1 || bytes > SOURCE_BYTES_MAX) {
            return invalid("source", JsonText.shown(parser) + SOURCE_EXPECTED);
        }
        source = text;
        return null;
    }

    private @Nullable FieldProblem readNamespace(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return badName(
                    "namespace",
                    "namespace: " + JsonText.shown(parser) + " (expected: " + CounterName.NAMESPACE_EXPECTED + ")");
        }
        namespace = parser.getText();
        return null;
    }

    private @Nullable FieldProblem readCounter(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return badName(
                    "counter",
                    "counter: " + JsonText.shown(parser) + " (expected: " + CounterName.COUNTER_EXPECTED + ")");
        }
        counter = parser.getText();
        return null;
    }

    private static FieldProblem invalid(String field, String valueAndExpected) {
        return new FieldProblem(field, ErrorCode.INVALID_VALUE, field + ": " + valueAndExpected);
    }

    private static FieldProblem badName(String field, String detail) {
        return new FieldProblem(field, ErrorCode.INVALID_NAME, detail);
    }

    private static FieldProblem notJson(String detail) {
        return new FieldProblem(null, ErrorCode.INVALID_JSON, detail);
    }
}
