package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.Explanation;
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
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        request.fail(failure); // the reader broke its contract
                    } else {
                        answer(request, counter, options, answer);
                    }
                });
    }

    private void answer(Request request, CounterName counter, ReadOptions options, Answer<Explanation> answer) {
        metrics.count(answer);
        if (answer instanceof Answer.Given<Explanation> given) {
            request.respond(ExplanationJson.response(counter, given, options.numbersAsStrings()));
        } else if (answer instanceof Answer.Missing<Explanation> missing) {
            request.respond(NoAnswer.of(request, counter, missing.why()));
        }
    }
}
