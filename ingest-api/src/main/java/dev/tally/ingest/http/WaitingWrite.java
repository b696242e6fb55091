package dev.tally.ingest.http;

import dev.tally.ingest.event.Event;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.Shown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write whose event is in the log and whose client waits for the outcome. It is answered exactly once: with the
 * outcome if the reader reports a certain one, else as if the client had not waited, since the event is in the log in
 * any case.
 */
final class WaitingWrite {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingWrite.class);

    private final Request request;
    private final Event event;
    private final boolean asStrings;
    private final Receipt receipt;
    private final EventContent content;

    WaitingWrite(Request request, Event event, boolean asStrings, Receipt receipt) {
        this.request = request;
        this.event = event;
        this.asStrings = asStrings;
        this.receipt = receipt;
        this.content = new EventContent(event.operation(), event.value());
    }

    /** Asks the reader and answers when the reader does. Blocks no thread. */
    void ask(CounterReader reader, Duration left) {
        if (left.isZero() || request.isServerClosing()) {
            accept();
            return;
        }
        try {
            ReadQuery query = ReadQuery.outcomeOf(receipt, content, event.id(), left);
            var unused = reader.askedBy(request.requestId())
                    .read(event.counter(), query)
                    .whenComplete(this::answer);
        } catch (RuntimeException e) {
            answer(null, e);
        }
    }

    private void answer(@Nullable ReadResult<Total> result, @Nullable Throwable failure) {
        if (failure != null) {
            request.logging(
                    () -> LOG.error("Read failed with an unexpected error, request {}", request.requestId(), failure));
        }
        if (result instanceof ReadResult.Found<Total> found) {
            answer(found.outcome(), found.first(), found.value().total(), found.asOf());
        } else if (result instanceof ReadResult.Unknown<Total> unknown) {
            answer(unknown.outcome(), unknown.first(), null, unknown.asOf());
        } else {
            LOG.debug("Wait of request {} ended without a result: {}", request.requestId(), result);
            accept();
        }
    }

    private void answer(@Nullable EventOutcome outcome, @Nullable AppliedEvent first, @Nullable Long total, AsOf asOf) {
        if (outcome == EventOutcome.APPLIED || outcome == EventOutcome.DUPLICATE) {
            request.respond(Answers.counted(event, asStrings, receipt, total, outcome == EventOutcome.DUPLICATE, asOf));
        } else if (outcome == EventOutcome.OVERFLOW) {
            refuse(
                    IngestErrorCode.OVERFLOW,
                    event.counter() + ": adding " + event.value()
                            + " would have left the range of 64 bits; nothing was counted");
        } else if (first != null) {
            refuse(
                    IngestErrorCode.ID_REUSED,
                    "id: " + Shown.text(String.valueOf(event.id())) + " was applied to " + event.counter() + " with "
                            + first.content() + " at " + first.receipt() + ", and this event is " + content
                            + " (expected: the same event, or another id); nothing was counted");
        } else {
            accept();
        }
    }

    private void refuse(ErrorCode code, String detail) {
        request.problem(code, detail, json -> json.name("receipt").value(receipt.toString()));
    }

    private void accept() {
        request.respond(Answers.accepted(event, asStrings, receipt));
    }
}
