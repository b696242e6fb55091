package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.StateReader;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.target.QueryParameters;
import java.time.InstantSource;

/**
 * {@code GET /v1/counters/{namespace}/{counter}/history}: what was added to a counter, by the time at which it
 * occurred.
 */
public final class HistoryHandler implements Endpoint {
    private static final int BUCKETS_TOTAL_MAX = 100_000;
    /**
     * The minimum charged to a history, because a short one uses memory too. It limits concurrent histories to 1,000.
     */
    private static final int BUCKETS_HELD_MIN = 100;

    private final StateReader reader;
    private final ReadMetrics metrics;
    private final InstantSource clock;
    private final HoldBudget budget = new HoldBudget(BUCKETS_TOTAL_MAX);

    /** @param clock determines the current bucket */
    public HistoryHandler(StateReader reader, ReadMetrics metrics, InstantSource clock) {
        this.reader = reader;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handle(Request request) {
        QueryParameters query = ReadOptions.parameters(request, HistoryParameters.NAMES);
        ReadOptions options = ReadOptions.of(request, query);
        HistoryParameters parameters = HistoryParameters.of(query, clock.instant());
        CounterName counter = PathCounter.of(request);
        if (!budget.of(request).take(Math.max(parameters.buckets(), BUCKETS_HELD_MIN))) {
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED,
                    "Already answering histories of " + BUCKETS_TOTAL_MAX + " buckets; ask again");
        }
        Offloaded.answer(
                request,
                reader.askedBy(request.requestId()).history(counter, parameters.range(), options.query()),
                result -> {
                    metrics.count(result);
                    return result instanceof ReadResult.Found<History> found
                            ? HistoryJson.response(parameters, found, options.numbersAsStrings())
                            : NoAnswer.of(request, counter, (ReadResult.Missing<History>) result);
                });
    }
}
