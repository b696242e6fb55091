package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Parses a request that deletes one counter. A body is rejected, so that no client relies on its content. */
public final class DeletionParser {
    private DeletionParser() {}

    /**
     * @param key the ID that the request gives, or null
     * @param now when the request arrived, in milliseconds since 1970
     * @throws ProblemException if there is a body
     */
    public static Deletion parse(CounterName counter, byte[] body, @Nullable String key, long now) {
        if (body.length > 0) {
            throw new ProblemException(HttpErrorCode.INVALID_VALUE, "body: " + body.length + " bytes (expected: none)");
        }
        return new Deletion(counter, key, now);
    }
}
