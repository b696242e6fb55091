package dev.tally.ingest.http;

import dev.tally.ingest.event.EventId;
import dev.tally.schemas.name.EventLimits;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.QueryParameters;
import dev.tally.service.http.Request;
import dev.tally.service.http.Shown;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * What a call that writes is told besides its body. What the contract has and this version has not is refused, never
 * ignored: a client that asked for it relies on it.
 *
 * @param numbersAsStrings whether deltas and totals are written as strings
 * @param key the {@code Idempotency-Key}, or null
 * @param waiting for the event to be counted; null if the client does not
 */
record RequestOptions(
        boolean numbersAsStrings,
        @Nullable String key,
        @Nullable Wait waiting) {
    private static final RequestOptions DEFAULT = new RequestOptions(false, null, null);
    private static final HttpString IDEMPOTENCY_KEY = HttpString.tryFromString("Idempotency-Key");

    /**
     * Of a call that writes one event.
     *
     * @throws ProblemException {@code invalid_value}, {@code invalid_parameter}, {@code not_supported}
     */
    static RequestOptions ofOne(Request request) {
        return of(request, true);
    }

    /**
     * Of a call that writes a batch, which cannot be waited for.
     *
     * @throws ProblemException {@code invalid_value}, {@code invalid_parameter}, {@code not_supported}
     */
    static RequestOptions ofBatch(Request request) {
        return of(request, false);
    }

    private static RequestOptions of(Request request, boolean canWait) {
        HeaderValues keys = request.exchange().getRequestHeaders().get(IDEMPOTENCY_KEY);
        String key = keys == null ? null : key(keys);
        QueryParameters query = request.query();
        if (query.isEmpty()) {
            return key == null ? DEFAULT : new RequestOptions(false, key, null);
        }
        query.notSupported("after");
        if (canWait) {
            query.only("numbers", "wait");
        } else {
            query.only("numbers");
        }
        String wait = query.get("wait");
        return new RequestOptions(query.numbersAsStrings(), key, wait == null ? null : Wait.parse(wait));
    }

    private static String key(HeaderValues keys) {
        if (keys.size() > 1) {
            throw new ProblemException(
                    ErrorCode.INVALID_VALUE, "Idempotency-Key: given twice (expected: at most once)");
        }
        String key = keys.getFirst();
        if (!EventId.isValid(key)) {
            throw new ProblemException(
                    ErrorCode.INVALID_VALUE,
                    "Idempotency-Key: " + Shown.text(key) + " (expected: " + EventLimits.ID_EXPECTED + ")");
        }
        return key;
    }
}
