package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.JsonReader;
import dev.tally.service.http.ProblemException;

/** The body of a request about one counter. */
public final class HitParser {
    public static final int BODY_BYTES_MAX = 16 << 10;

    private HitParser() {}

    /**
     * @param body JSON, or empty: a delta of 1, now
     * @param now when the request came, in milliseconds since 1970
     * @throws ProblemException if the body is not one valid hit
     */
    public static Hit parse(CounterName counter, byte[] body, long now) {
        if (body.length == 0) {
            return new Hit(counter, 1, now, null);
        }
        try (JsonReader json = JsonReader.open(body)) {
            json.beginObject();
            Hit hit = HitReader.on(counter, now).read(json);
            json.end();
            return hit;
        }
    }
}
