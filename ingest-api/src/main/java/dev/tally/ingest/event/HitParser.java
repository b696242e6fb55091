package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Parses the body of a request that adds to one counter. */
public final class HitParser {
    private HitParser() {}

    /**
     * @param body JSON, or empty: a delta of 1, now
     * @param key the ID that the request gives outside the body, or null
     * @param now when the request arrived, in milliseconds since 1970
     * @throws ProblemException if the body is not one valid hit
     */
    public static Hit parse(CounterName counter, byte[] body, @Nullable String key, long now) {
        if (body.length == 0) {
            return new Hit(counter, 1, key, now, null);
        }
        Hit simple = new SimpleHitReader(counter, now).read(body, 0, body.length);
        if (simple != null) {
            return key == null ? simple : simple.withId(EventId.of(simple.id(), key));
        }
        try (JsonReader json = JsonReader.open(body)) {
            json.beginObject();
            Hit hit = HitReader.on(counter, key, now).read(json);
            json.end();
            return hit;
        }
    }
}
