package dev.tally.ingest.http;

import dev.tally.ingest.event.BatchParser;
import dev.tally.ingest.event.Hit;
import dev.tally.ingest.event.ParsedBatch;
import dev.tally.ingest.event.ParsedBatch.BadLine;
import dev.tally.ingest.event.ParsedBatch.Invalid;
import dev.tally.ingest.event.ParsedBatch.Valid;
import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.problem.ProblemException;
import io.undertow.util.Headers;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/events}. Small batches are parsed on the IO thread, large ones on a worker thread. */
final class BatchHandler implements Endpoint {
    /** Roughly what an IO thread parses in a fifth of a millisecond. */
    private static final int SMALL_BYTES_MAX = 4 << 10;

    /** The default content type of curl. */
    private static final String CURLS_TYPE = "application/x-www-form-urlencoded";

    private final EventLog log;
    private final LogMetrics metrics;
    private final BatchWorkers workers;
    private final Clock clock;

    BatchHandler(EventLog log, LogMetrics metrics, BatchWorkers workers, Clock clock) {
        this.log = log;
        this.metrics = metrics;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public void handle(Request request) throws Exception {
        long now = clock.millis();
        String key;
        try {
            key = RequestOptions.ofBatch(request).key();
        } catch (ProblemException e) {
            metrics.invalid(1);
            throw e;
        }
        request.readBody(BatchParser.BODY_BYTES_MAX, body -> {
            if (body.length <= SMALL_BYTES_MAX) {
                append(request, body, key, now);
            } else {
                workers.run(() -> appendOnWorker(request, body, key, now));
            }
        });
    }

    private void appendOnWorker(Request request, byte[] body, @Nullable String key, long now) {
        try {
            append(request, body, key, now);
        } catch (ProblemException e) {
            request.problem(e.code(), e.detail());
        } catch (RuntimeException | Error e) {
            request.fail(e);
        }
    }

    private void append(Request request, byte[] body, @Nullable String key, long now) {
        ParsedBatch batch;
        try {
            batch = BatchParser.parse(body, key, now);
        } catch (ProblemException e) {
            metrics.invalid(1);
            throw e;
        }
        if (batch instanceof Valid valid) {
            append(request, valid.hits());
        } else if (batch instanceof Invalid invalid) {
            metrics.invalid(invalid.events());
            refuse(request, invalid);
        }
    }

    private void append(Request request, List<Hit> hits) {
        int events = hits.size();
        log.append(hits, request.requestId(), outcome -> {
            if (outcome instanceof Appended appended) {
                request.respond(Answers.batch(events, appended));
            } else if (outcome instanceof NotAppended why) {
                Answers.failure(request, why);
            }
        });
    }

    private static void refuse(Request request, Invalid invalid) {
        BadLine first = invalid.first().get(0);
        String listed = invalid.bad() > invalid.first().size()
                ? ", the first " + invalid.first().size() + " of them listed"
                : "";
        String which = invalid.bad() == 1 && invalid.events() == 1
                ? "The event is not valid"
                : invalid.bad() + " of " + invalid.events() + " events " + (invalid.bad() == 1 ? "is" : "are")
                        + " not valid";
        String detail = which + listed + "; nothing was recorded. Line " + first.line() + ": "
                + first.problem().detail() + hint(request, invalid);
        request.problem(first.problem().code(), detail, json -> writeErrors(json, invalid.first()));
    }

    /** {@code curl -d @file} removes the line ends of a file. */
    private static String hint(Request request, Invalid invalid) {
        String type = String.valueOf(request.header(Headers.CONTENT_TYPE));
        boolean joined = invalid.severalOnALine() && type.startsWith(CURLS_TYPE);
        return joined ? ". curl -d removes line ends: use --data-binary" : "";
    }

    private static void writeErrors(JsonWriter json, List<BadLine> badLines) {
        json.name("errors").beginArray();
        for (BadLine bad : badLines) {
            ProblemException problem = bad.problem();
            json.beginObject()
                    .name("line")
                    .value(bad.line())
                    .name("field")
                    .value(problem.field())
                    .name("code")
                    .value(problem.code().code())
                    .name("detail")
                    .value(problem.detail())
                    .endObject();
        }
        json.endArray();
    }
}
