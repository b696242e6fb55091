package dev.tally.query.http;

import dev.tally.schemas.read.Receipts;
import dev.tally.service.http.response.Response;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Tally-Receipt}. In a response: the receipt that it is as of. In a request: the same as
 * {@code after}.
 */
final class TallyReceipt {
    static final HttpString HEADER = HttpString.tryFromString("Tally-Receipt");

    private TallyReceipt() {}

    /** Adds the receipt unless there is none or it is too long for a header. The body has it in any case. */
    static Response put(Response response, @Nullable String receipt) {
        return receipt == null || receipt.length() > Receipts.HEADER_CHARS_MAX
                ? response
                : response.header(HEADER, receipt);
    }
}
