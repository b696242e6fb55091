package dev.tally.ingest.http;

import dev.tally.ingest.event.Event;
import dev.tally.ingest.log.AppendOutcome;
import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.schemas.read.CounterReader;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * One event on {@code /v1/counters/{namespace}/{counter}}. Everything up to the producer's buffer runs on the IO
 * thread. A client that waits is answered once the reader reports the outcome of the event.
 */
final class WriteCounterHandler implements Endpoint {
    static final int BODY_BYTES_MAX = 16 << 10;

    /** Converts a request to an event. */
    interface Parser {
        /**
         * @param key the ID that the request gives outside the body, or null
         * @param now when the request arrived, in milliseconds since 1970
         * @throws ProblemException if the body is not valid
         */
        Event parse(CounterName counter, byte[] body, @Nullable String key, long now);
    }

    private final Parser parser;
    private final EventLog log;
    private final LogMetrics metrics;
    private final CounterReader reader;
    private final Clock clock;

    WriteCounterHandler(Parser parser, EventLog log, LogMetrics metrics, CounterReader reader, Clock clock) {
        this.parser = parser;
        this.log = log;
        this.metrics = metrics;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public void handle(Request request) throws Exception {
        long now = clock.millis();
        RequestOptions options;
        CounterName name;
        try {
            options = RequestOptions.ofOne(request);
            name = name(request);
        } catch (ProblemException e) {
            metrics.invalid(1);
            throw e;
        }
        request.readBody(BODY_BYTES_MAX, body -> append(request, name, options, body, now));
    }

    private static CounterName name(Request request) {
        try {
            return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(HttpErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
    }

    private void append(Request request, CounterName name, RequestOptions options, byte[] body, long now) {
        Event event;
        try {
            event = parser.parse(name, body, options.key(), now);
        } catch (ProblemException e) {
            metrics.invalid(1);
            throw e;
        }
        boolean asStrings = options.numbersAsStrings();
        Wait wait = options.waiting();
        log.append(
                event,
                request.requestId(),
                wait == null
                        ? outcome -> answer(request, event, asStrings, outcome)
                        : outcome -> await(request, event, asStrings, wait, outcome));
    }

    private static void answer(Request request, Event event, boolean asStrings, AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            request.respond(
                    Answers.accepted(event, asStrings, appended.receipts().get(0)));
        } else if (outcome instanceof NotAppended why) {
            Answers.failure(request, why);
        }
    }

    private void await(Request request, Event event, boolean asStrings, Wait wait, AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            WaitingWrite waiting = new WaitingWrite(
                    request, event, asStrings, appended.receipts().get(0));
            request.resume(same -> waiting.ask(reader, wait.left())); // the producer's thread must not be blocked
        } else if (outcome instanceof NotAppended why) {
            Answers.failure(request, why);
        }
    }
}
