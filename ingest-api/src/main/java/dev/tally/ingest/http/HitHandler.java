package dev.tally.ingest.http;

import dev.tally.ingest.event.Hit;
import dev.tally.ingest.event.HitParser;
import dev.tally.ingest.log.AppendOutcome;
import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.Request;
import java.time.Clock;

/** {@code POST /v1/counters/{namespace}/{counter}}: all of it on the IO thread, up to the producer's buffer. */
final class HitHandler implements Endpoint {
    private final EventLog log;
    private final LogMetrics metrics;
    private final Clock clock;

    HitHandler(EventLog log, LogMetrics metrics, Clock clock) {
        this.log = log;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handle(Request request) throws Exception {
        long now = clock.millis();
        RequestOptions options;
        CounterName name;
        try {
            options = RequestOptions.of(request);
            name = name(request);
        } catch (ProblemException e) {
            metrics.invalid(1);
            throw e;
        }
        request.readBody(HitParser.BODY_BYTES_MAX, (same, body) -> append(same, name, options, body, now));
    }

    private static CounterName name(Request request) {
        try {
            return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(ErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
    }

    private void append(Request request, CounterName name, RequestOptions options, byte[] body, long now) {
        Hit hit;
        try {
            hit = HitParser.parse(name, body, now);
        } catch (ProblemException e) {
            metrics.invalid(1);
            throw e;
        }
        log.append(hit, outcome -> answer(request, hit, options, outcome));
    }

    private static void answer(Request request, Hit hit, RequestOptions options, AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            request.respond(Answers.hit(hit.counter(), hit.delta(), options.numbersAsStrings(), appended));
        } else if (outcome instanceof NotAppended why) {
            Answers.failure(request, why);
        }
    }
}
