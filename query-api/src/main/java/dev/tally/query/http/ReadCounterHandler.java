package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /v1/counters/{namespace}/{counter}}. If the reader has the result available, it is answered on the IO
 * thread of the request, else when the reader completes the read. The reader bounds how long a read may wait and how
 * many reads wait.
 */
public final class ReadCounterHandler implements Endpoint {
    private final CounterReader reader;
    private final ReadMetrics metrics;

    public ReadCounterHandler(CounterReader reader, ReadMetrics metrics) {
        this.reader = reader;
        this.metrics = metrics;
    }

    @Override
    public void handle(Request request) {
        ReadOptions options = ReadOptions.of(request);
        CounterName counter = PathCounter.of(request);
        CompletionStage<ReadResult<Total>> result =
                reader.askedBy(request.requestId()).read(counter, options.query());
        if (result instanceof CompletableFuture<ReadResult<Total>> ready
                && ready.isDone()
                && !ready.isCompletedExceptionally()) {
            answer(request, counter, options, ready.join());
            return;
        }
        var unused = result.whenComplete((later, failure) -> {
            if (failure != null) {
                request.fail(failure); // the reader broke its contract
            } else {
                answer(request, counter, options, later);
            }
        });
    }

    private void answer(Request request, CounterName counter, ReadOptions options, ReadResult<Total> result) {
        metrics.count(result);
        if (result instanceof ReadResult.Found<Total> found) {
            request.respond(total(counter, options, found));
        } else if (result instanceof ReadResult.Missing<Total> missing) {
            request.respond(NoAnswer.of(request, counter, missing));
        }
    }

    private static Response total(CounterName counter, ReadOptions options, ReadResult.Found<Total> found) {
        String receipt = AsOfJson.receipt(found.asOf());
        JsonWriter json = new JsonWriter(CounterJson.FIELDS_BYTES + counter.key().length).beginObject();
        CounterJson.writeName(counter, json);
        CounterJson.writeTotal(found, options.numbersAsStrings(), receipt, json);
        return TallyReceipt.put(Response.json(200, json.endObject()).noStore(), receipt);
    }
}
