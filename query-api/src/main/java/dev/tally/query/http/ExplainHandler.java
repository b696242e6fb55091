package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.StateReader;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;

/** {@code GET /v1/counters/{namespace}/{counter}/explain}: where a counter's total comes from. */
public final class ExplainHandler implements Endpoint {
    private final StateReader reader;
    private final ReadMetrics metrics;

    public ExplainHandler(StateReader reader, ReadMetrics metrics) {
        this.reader = reader;
        this.metrics = metrics;
    }

    @Override
    public void handle(Request request) {
        ReadOptions options = ReadOptions.of(request);
        CounterName counter = PathCounter.of(request);
        var unused = reader.askedBy(request.requestId())
                .explain(counter, options.query())
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        request.fail(failure); // the reader broke its contract
                    } else {
                        answer(request, counter, options, result);
                    }
                });
    }

    private void answer(Request request, CounterName counter, ReadOptions options, ReadResult<Explanation> result) {
        metrics.count(result);
        if (result instanceof ReadResult.Found<Explanation> found) {
            request.respond(ExplanationJson.response(counter, found, options.numbersAsStrings()));
        } else if (result instanceof ReadResult.Missing<Explanation> missing) {
            request.respond(NoAnswer.of(request, counter, missing));
        }
    }
}
