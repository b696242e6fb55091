package dev.tally.standalone.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.read.Receipts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the body of one page. Every field that the audit needs must be there with its type; others are ignored. */
public final class LivePageParser {
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable List<LivePage.Counter> counters;
    private @Nullable String next;
    private @Nullable Receipts asOf;
    private boolean hasNext;

    private LivePageParser() {}

    /** Returns null if the body is not a page. */
    public static @Nullable LivePage parse(String body) {
        try (JsonParser json = JSON.createParser(body)) {
            return new LivePageParser().page(json);
        } catch (IOException | DateTimeException notAPage) {
            return null;
        }
    }

    private @Nullable LivePage page(JsonParser json) throws IOException {
        expect(json.nextToken(), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "counters" -> counters = counters(json, value);
                case "next" -> {
                    next = textOrNull(json, value);
                    hasNext = true;
                }
                case "asOf" -> asOf = asOf(json, value);
                default -> json.skipChildren();
            }
        }
        return counters == null || asOf == null || !hasNext ? null : new LivePage(counters, next, asOf);
    }

    private static List<LivePage.Counter> counters(JsonParser json, JsonToken start) throws IOException {
        expect(start, JsonToken.START_ARRAY);
        List<LivePage.Counter> counters = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            counters.add(counter(json));
        }
        return counters;
    }

    private static LivePage.Counter counter(JsonParser json) throws IOException {
        String name = null;
        Long total = null;
        Long updatedAt = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "counter" -> name = textOrNull(json, value);
                case "total" -> {
                    expect(value, JsonToken.VALUE_NUMBER_INT);
                    total = json.getLongValue();
                }
                case "updatedAt" -> updatedAt = Instant.parse(json.getText()).toEpochMilli();
                default -> json.skipChildren();
            }
        }
        if (name == null || total == null || updatedAt == null) {
            throw new IOException("a counter without name, total or time");
        }
        return new LivePage.Counter(name, new CounterValue(total, updatedAt));
    }

    private static Receipts asOf(JsonParser json, JsonToken start) throws IOException {
        expect(start, JsonToken.START_OBJECT);
        Receipts receipts = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isReceipt = json.currentName().equals("receipt");
            JsonToken value = json.nextToken();
            if (isReceipt) {
                String text = textOrNull(json, value);
                receipts = text == null ? Receipts.NONE : Receipts.parse(text);
            } else {
                json.skipChildren();
            }
        }
        if (receipts == null) {
            throw new IOException("no receipt");
        }
        return receipts;
    }

    private static @Nullable String textOrNull(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(value, JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static void expect(@Nullable JsonToken seen, JsonToken expected) throws IOException {
        if (seen != expected) {
            throw new IOException(seen + " (expected: " + expected + ")");
        }
    }
}
