package dev.tally.ingest.http;

import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.QueryParameters;
import dev.tally.service.http.Request;
import dev.tally.service.http.Shown;
import io.undertow.util.HttpString;

/**
 * What a call that writes is told besides its body. What the contract has and this version has not is refused, never
 * ignored: a client that asked for it relies on it.
 *
 * @param numbersAsStrings whether deltas are written as strings
 */
record RequestOptions(boolean numbersAsStrings) {
    private static final RequestOptions DEFAULT = new RequestOptions(false);
    private static final HttpString IDEMPOTENCY_KEY = HttpString.tryFromString("Idempotency-Key");

    /** @throws ProblemException {@code not_supported}, {@code invalid_parameter} */
    static RequestOptions of(Request request) {
        if (request.header(IDEMPOTENCY_KEY) != null) {
            throw new ProblemException(ErrorCode.NOT_SUPPORTED, "Idempotency-Key: not supported yet");
        }
        QueryParameters query = request.query();
        if (query.isEmpty()) {
            return DEFAULT;
        }
        String numbers = query.notSupported("wait", "after").only("numbers").get("numbers");
        if (numbers != null && !numbers.equals("string")) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, "numbers: " + Shown.text(numbers) + " (expected: string)");
        }
        return new RequestOptions(numbers != null);
    }
}
