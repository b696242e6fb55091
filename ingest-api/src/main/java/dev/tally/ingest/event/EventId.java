package dev.tally.ingest.event;

import dev.tally.schemas.name.EventLimits;
import dev.tally.schemas.name.ReplayId;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import org.jspecify.annotations.Nullable;

/** The ID of an event. An event with an ID counts once, however often it is sent. */
public final class EventId {
    private EventId() {}

    /** Whether a client may use this text as an ID. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > EventLimits.ID_CHARS_MAX || ReplayId.isReserved(text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!EventLimits.isOfId(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Reads the value of the field that has been entered. */
    static String read(JsonReader json) {
        String text = json.stringOrNull();
        if (text == null || !isValid(text)) {
            throw json.invalidValue(EventLimits.ID_EXPECTED);
        }
        return text;
    }

    /**
     * The ID of a single event.
     *
     * @param id from the body
     * @param key from the request
     * @throws ProblemException {@code invalid_value} if both are given and differ
     */
    static @Nullable String of(@Nullable String id, @Nullable String key) {
        if (id == null || key == null) {
            return id == null ? key : id;
        }
        if (!id.equals(key)) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_VALUE,
                    "id",
                    "id: " + Shown.text(id) + " (expected: the Idempotency-Key " + Shown.text(key)
                            + ", or only one of the two)");
        }
        return id;
    }

    /**
     * The ID of an event in a batch that has no ID of its own. It may be longer than a client's ID, and is never longer
     * than {@link EventLimits#LOGGED_ID_CHARS_MAX}.
     *
     * @param key from the request, for the whole batch
     * @param line the position of the event in the batch, from 1, as errors name it
     */
    static String ofLine(String key, int line) {
        return key + '/' + line;
    }
}
