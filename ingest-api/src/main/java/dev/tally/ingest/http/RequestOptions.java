package dev.tally.ingest.http;

import dev.tally.ingest.event.EventId;
import dev.tally.schemas.name.EventLimits;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.target.QueryParameters;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * The options of a write request besides its body. An option of the contract that this version does not support is
 * refused, never ignored, because the client relies on it.
 *
 * @param numbersAsStrings whether deltas and totals are written as strings
 * @param key the {@code Idempotency-Key}, or null
 * @param waiting the wait for the event to be counted; null if the client does not wait
 */
record RequestOptions(
        boolean numbersAsStrings,
        @Nullable String key,
        @Nullable Wait waiting) {
    private static final RequestOptions DEFAULT = new RequestOptions(false, null, null);
    private static final HttpString IDEMPOTENCY_KEY = HttpString.tryFromString("Idempotency-Key");

    /**
     * The options of a request that writes one event.
     *
     * @throws ProblemException {@code invalid_value}, {@code invalid_parameter}, {@code not_supported}
     */
    static RequestOptions ofOne(Request request) {
        return of(request, true);
    }

    /**
     * The options of a request that writes a batch. A batch does not support a wait.
     *
     * @throws ProblemException {@code invalid_value}, {@code invalid_parameter}, {@code not_supported}
     */
    static RequestOptions ofBatch(Request request) {
        return of(request, false);
    }

    private static RequestOptions of(Request request, boolean canWait) {
        HeaderValues keys = request.exchange().getRequestHeaders().get(IDEMPOTENCY_KEY);
        String key = keys == null ? null : key(keys);
        if (request.exchange().getQueryString().isEmpty()) {
            return key == null ? DEFAULT : new RequestOptions(false, key, null);
        }
        QueryParameters query = request.query();
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
                    HttpErrorCode.INVALID_VALUE, "Idempotency-Key: given twice (expected: at most once)");
        }
        String key = keys.getFirst();
        if (!EventId.isValid(key)) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_VALUE,
                    "Idempotency-Key: " + Shown.text(key) + " (expected: " + EventLimits.ID_EXPECTED + ")");
        }
        return key;
    }
}
