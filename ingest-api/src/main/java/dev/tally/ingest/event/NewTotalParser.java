package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Parses the body of a request that sets one counter's total. */
public final class NewTotalParser {
    private static final String FIELDS = "total, id, occurredAt, source";

    private NewTotalParser() {}

    /**
     * @param body JSON
     * @param key the ID that the request gives outside the body, or null
     * @param now when the request arrived, in milliseconds since 1970
     * @throws ProblemException if the body is not one valid total
     */
    public static NewTotal parse(CounterName counter, byte[] body, @Nullable String key, long now) {
        if (body.length == 0) {
            throw noTotal();
        }
        try (JsonReader json = JsonReader.open(body)) {
            json.beginObject();
            NewTotal total = read(counter, json, key, now);
            json.end();
            return total;
        }
    }

    private static NewTotal read(CounterName counter, JsonReader json, @Nullable String key, long now) {
        Long total = null;
        String id = null;
        long occurredAt = now;
        String source = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "total" -> total = json.wholeNumber();
                case "id" -> id = EventId.read(json);
                case "occurredAt" -> occurredAt = EventFields.occurredAt(json, now);
                case "source" -> source = EventFields.source(json);
                default -> throw json.unknownField(FIELDS);
            }
        }
        if (total == null) {
            throw noTotal();
        }
        return new NewTotal(counter, total, EventId.of(id, key), occurredAt, source);
    }

    private static ProblemException noTotal() {
        return new ProblemException(
                HttpErrorCode.INVALID_VALUE, "total", "total: missing (expected: " + JsonReader.WHOLE_NUMBER + ")");
    }
}
