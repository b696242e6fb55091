package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadResult;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.JsonWriter;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.QueryParameters;
import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import dev.tally.service.http.Shown;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /v1/counters/{namespace}/{counter}}. What the reader has at hand is answered on the IO thread that asked; the
 * rest when the reader has it.
 */
public final class ReadCounterHandler implements Endpoint {
    /** Room for the fields of an answer; the names come on top. */
    private static final int FIELDS_BYTES = 320;

    private final CounterReader reader;
    private final ReadMetrics metrics;

    public ReadCounterHandler(CounterReader reader, MeterRegistry registry) {
        this.reader = reader;
        this.metrics = new ReadMetrics(registry);
    }

    @Override
    public void handle(Request request) {
        boolean asString = numbersAsString(request);
        CounterName counter = counter(request);
        CompletionStage<ReadResult> result = reader.read(counter);
        if (result instanceof CompletableFuture<ReadResult> ready
                && ready.isDone()
                && !ready.isCompletedExceptionally()) {
            answer(request, counter, asString, ready.join());
            return;
        }
        var unused = result.whenComplete((later, failure) -> {
            if (failure != null) {
                request.fail(failure); // the reader broke its contract
            } else {
                answer(request, counter, asString, later);
            }
        });
    }

    private void answer(Request request, CounterName counter, boolean asString, ReadResult result) {
        if (result instanceof ReadResult.Found found) {
            metrics.found.increment();
            request.respond(Response.json(200, total(counter, asString, found)).noStore());
        } else if (result instanceof ReadResult.Unknown unknown) {
            metrics.unknown.increment();
            request.problem(
                    ErrorCode.UNKNOWN_COUNTER,
                    counter + ": no such counter",
                    json -> AsOfJson.write(unknown.asOf(), json));
        } else {
            metrics.notReady.increment();
            request.problem(ErrorCode.NOT_READY, whyNotReady(result));
        }
    }

    private static JsonWriter total(CounterName counter, boolean asString, ReadResult.Found found) {
        JsonWriter json = new JsonWriter(FIELDS_BYTES + counter.key().length).beginObject();
        json.name("namespace").value(counter.namespace());
        json.name("counter").value(counter.counter());
        json.name("total");
        if (asString) {
            json.valueAsString(found.total());
        } else {
            json.value(found.total());
        }
        json.name("updatedAt").value(found.updatedAt());
        AsOfJson.write(found.asOf(), json);
        return json.endObject();
    }

    private static String whyNotReady(ReadResult result) {
        if (result instanceof ReadResult.NotReady notReady) {
            return notReady.reason();
        }
        return "the counter's partition is being handed over"; // elsewhere, and nobody here to follow it
    }

    private static boolean numbersAsString(Request request) {
        if (request.exchange().getQueryString().isEmpty()) {
            return false;
        }
        QueryParameters query = request.query()
                .notSupported("after", "wait", "maxLagRecords", "committed")
                .only("numbers");
        String numbers = query.get("numbers");
        if (numbers != null && !numbers.equals("string")) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, "numbers: " + Shown.text(numbers) + " (expected: string)");
        }
        return numbers != null;
    }

    private static CounterName counter(Request request) {
        try {
            return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(ErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
    }
}
