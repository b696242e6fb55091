package dev.tally.protocol;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link ReadQuery} as a URL query. */
final class ReadQueryText {
    private static final String AFTER = "after";
    private static final String COMMITTED = "committed";
    private static final String WAIT = "wait";
    private static final String EVENT = "event";
    private static final String OPERATION = "operation";
    private static final String VALUE = "value";
    private static final String ID = "id";

    static final List<String> PARAMETERS = List.of(AFTER, COMMITTED, WAIT, EVENT, OPERATION, VALUE, ID);

    private ReadQueryText() {}

    /**
     * Appends the parameters of a read to those of its request.
     *
     * @param text empty, or parameters including the question mark
     */
    static void append(ReadQuery query, StringBuilder text) {
        if (!query.after().isEmpty()) {
            add(text, AFTER, query.after().toString());
        }
        if (query.committed()) {
            add(text, COMMITTED, "true");
        }
        if (!query.waitMax().isZero()) {
            add(text, WAIT, Long.toString(query.waitMax().toMillis()));
        }
        ReadQuery.Event event = query.event();
        if (event != null) {
            add(text, EVENT, event.receipt().toString());
            add(text, OPERATION, OperationText.word(event.content().operation()));
            add(text, VALUE, Long.toString(event.content().value()));
            String id = event.id();
            if (id != null) {
                add(text, ID, id);
            }
        }
    }

    static void add(StringBuilder text, String name, String value) {
        // URLEncoder writes a space as a plus sign, which a strict parser reads as a plus sign.
        String escaped = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(escaped);
    }

    static ReadQuery parse(Function<String, @Nullable String> parameters) {
        String after = parameters.apply(AFTER);
        String committed = parameters.apply(COMMITTED);
        String wait = parameters.apply(WAIT);
        if (committed != null && !committed.equals("true")) {
            throw new IllegalArgumentException("committed: not of the protocol");
        }
        return new ReadQuery(
                after == null ? Receipts.NONE : receipts(AFTER, after),
                committed != null,
                wait == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(wait)),
                event(parameters));
    }

    private static ReadQuery.@Nullable Event event(Function<String, @Nullable String> parameters) {
        String event = parameters.apply(EVENT);
        String operation = parameters.apply(OPERATION);
        String value = parameters.apply(VALUE);
        String id = parameters.apply(ID);
        if (event == null && operation == null && value == null && id == null) {
            return null;
        }
        if (event == null || operation == null || value == null) {
            throw new IllegalArgumentException("event: not with operation and value");
        }
        Operation known = OperationText.ofWord(operation);
        if (known == null) {
            throw new IllegalArgumentException("operation: not of the protocol");
        }
        return new ReadQuery.Event(one(event), new EventContent(known, Long.parseLong(value)), id);
    }

    private static Receipt one(String text) {
        Receipts receipts = receipts(EVENT, text);
        Receipt receipt = receipts.of(receipts.partitionMax());
        if (receipt == null || !receipts.equals(Receipts.of(receipt))) {
            throw new IllegalArgumentException("event: several receipts");
        }
        return receipt;
    }

    private static Receipts receipts(String name, String text) {
        Receipts receipts = Receipts.parse(text);
        if (receipts == null) {
            throw new IllegalArgumentException(name + ": not a receipt");
        }
        return receipts;
    }
}
