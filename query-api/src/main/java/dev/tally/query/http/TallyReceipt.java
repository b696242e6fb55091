package dev.tally.query.http;

import dev.tally.schemas.read.Receipts;
import dev.tally.service.http.Response;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/** The header {@code Tally-Receipt}: in an answer, what it is as of; in a request, the same as {@code after}. */
final class TallyReceipt {
    static final HttpString HEADER = HttpString.tryFromString("Tally-Receipt");

    private TallyReceipt() {}

    /** States the receipt, if there is one that is not too long for a header; the body has it in any case. */
    static Response put(Response response, @Nullable String receipt) {
        return receipt == null || receipt.length() > Receipts.HEADER_CHARS_MAX
                ? response
                : response.header(HEADER, receipt);
    }
}
