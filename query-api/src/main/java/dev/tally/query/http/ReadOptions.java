package dev.tally.query.http;

import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.Receipts;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.target.QueryParameters;
import dev.tally.service.http.target.ShortDuration;
import io.undertow.util.HeaderValues;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The options of a read.
 *
 * @param numbersAsStrings whether totals and deltas are written as strings
 * @param query the conditions that the read has to meet; {@link ReadQuery#NOW} if there is nothing to wait for
 */
record ReadOptions(boolean numbersAsStrings, ReadQuery query) {
    private static final ReadOptions PLAIN = new ReadOptions(false, ReadQuery.NOW);
    private static final String[] NAMES = {"after", "wait", "committed", "numbers"};
    private static final String RECEIPT = "a receipt that Tally returned";

    /**
     * The options of a request that has no other parameters.
     *
     * @throws ProblemException {@code invalid_parameter}, {@code invalid_receipt}, {@code not_supported}
     */
    static ReadOptions of(Request request) {
        if (headers(request) == null && request.exchange().getQueryString().isEmpty()) {
            return PLAIN;
        }
        return of(request, parameters(request));
    }

    /**
     * The query parameters of a request that has other parameters too.
     *
     * @throws ProblemException {@code invalid_parameter}, {@code not_supported}
     */
    static QueryParameters parameters(Request request, String... others) {
        String[] all = Arrays.copyOf(others, others.length + NAMES.length);
        System.arraycopy(NAMES, 0, all, others.length, NAMES.length);
        return request.query().notSupported("maxLagRecords").only(all);
    }

    /** @throws ProblemException {@code invalid_parameter}, {@code invalid_receipt} */
    static ReadOptions of(Request request, QueryParameters query) {
        boolean numbersAsStrings = query.numbersAsStrings();
        boolean committed = committed(query.get("committed"));
        Receipts after = after(query.get("after"), headers(request));
        Duration wait = wait(query.get("wait"));
        return new ReadOptions(
                numbersAsStrings,
                after.isEmpty() && !committed ? ReadQuery.NOW : new ReadQuery(after, committed, wait, null));
    }

    private static @Nullable HeaderValues headers(Request request) {
        return request.exchange().getRequestHeaders().get(TallyReceipt.HEADER);
    }

    private static boolean committed(@Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        } else if (value.equals("true")) {
            return true;
        }
        throw InvalidParameter.of("committed", value, "true or false");
    }

    private static Receipts after(@Nullable String parameter, @Nullable HeaderValues headers) {
        if (headers == null) {
            return parameter == null ? Receipts.NONE : receipts("after", parameter);
        }
        Receipts header = receipts("Tally-Receipt", headers.getFirst());
        if (headers.size() > 1) {
            throw new ProblemException(
                    QueryErrorCode.INVALID_RECEIPT, "Tally-Receipt: given twice (expected: at most once)");
        } else if (parameter != null && !header.equals(receipts("after", parameter))) {
            throw new ProblemException(
                    QueryErrorCode.INVALID_RECEIPT,
                    "after: " + Shown.text(parameter) + " (expected: the same as the header Tally-Receipt, "
                            + Shown.text(header.toString()) + ", or only one of them)");
        }
        return header;
    }

    private static Receipts receipts(String name, String text) {
        Receipts receipts = Receipts.parse(text);
        if (receipts == null) {
            throw new ProblemException(
                    QueryErrorCode.INVALID_RECEIPT, name + ": " + Shown.text(text) + " (expected: " + RECEIPT + ")");
        }
        return receipts;
    }

    private static Duration wait(@Nullable String value) {
        if (value == null) {
            return ReadQuery.WAIT_DEFAULT;
        }
        Duration wait = ShortDuration.parse(value, ReadQuery.WAIT_MAX);
        if (wait == null) {
            throw InvalidParameter.of("wait", value, ShortDuration.expected(ReadQuery.WAIT_MAX));
        }
        return wait;
    }
}
