package dev.tally.ingest.http;

import dev.tally.ingest.event.Event;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.Fate;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.Request;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write whose event is in the log and whose client waits to hear what became of it. It is answered exactly once: with
 * what the reader says for certain, else as if the client had not waited, since the event is in the log whatever happens.
 */
final class WaitingWrite {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingWrite.class);

    private final Request request;
    private final Event event;
    private final boolean asStrings;
    private final Receipt receipt;

    WaitingWrite(Request request, Event event, boolean asStrings, Receipt receipt) {
        this.request = request;
        this.event = event;
        this.asStrings = asStrings;
        this.receipt = receipt;
    }

    /** Asks, and answers when the reader does. Takes no thread. */
    void ask(CounterReader reader, Duration left) {
        if (left.isZero() || request.isServerClosing()) {
            accept();
            return;
        }
        try {
            ReadQuery query = ReadQuery.fateOf(receipt, event.id(), left);
            var unused = reader.askedBy(request.requestId())
                    .read(event.counter(), query)
                    .whenComplete(this::answer);
        } catch (RuntimeException e) {
            answer(null, e);
        }
    }

    private void answer(@Nullable ReadResult result, @Nullable Throwable failure) {
        if (failure != null) {
            request.logging(() -> LOG.error("The reader broke its contract, request {}", request.requestId(), failure));
        }
        if (result instanceof ReadResult.Found found) {
            answer(found.fate(), found.total(), found.asOf());
        } else if (result instanceof ReadResult.Unknown unknown) {
            answer(unknown.fate(), null, unknown.asOf());
        } else {
            LOG.debug("Request {} waited in vain: {}", request.requestId(), result);
            accept();
        }
    }

    private void answer(@Nullable Fate fate, @Nullable Long total, AsOf asOf) {
        if (fate == Fate.APPLIED || fate == Fate.DUPLICATE) {
            request.respond(Answers.counted(event, asStrings, receipt, total, fate == Fate.DUPLICATE, asOf));
        } else if (fate == Fate.OVERFLOW) {
            request.problem(
                    ErrorCode.OVERFLOW,
                    event.counter() + ": adding " + event.value()
                            + " would have left the range of 64 bits; nothing was counted",
                    json -> json.name("receipt").value(receipt.toString()));
        } else {
            accept();
        }
    }

    private void accept() {
        request.respond(Answers.accepted(event, asStrings, receipt));
    }
}
