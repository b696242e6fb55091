package dev.tally.query.http;

import dev.tally.query.list.MergedList;
import dev.tally.query.list.Pages;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.StateReader;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.target.QueryParameters;
import java.util.OptionalInt;

/**
 * {@code GET /v1/counters/{namespace}}: the counters of a namespace, either by name, one page at a time, or those with
 * the largest totals. All partitions are read. If one of them does not answer, the response is never a partial list.
 */
public final class ListHandler implements Endpoint {
    private static final int COUNTERS_TOTAL_MAX = 100_000;
    /**
     * The minimum charged to a page, because a short one uses memory too. It limits concurrent pages to 500, which is
     * below the bound of any reader.
     */
    private static final int PAGE_HELD_MIN = 200;

    private final StateReader reader;
    private final ReadMetrics metrics;
    private final HoldBudget budget = new HoldBudget(COUNTERS_TOTAL_MAX);

    public ListHandler(StateReader reader, ReadMetrics metrics) {
        this.reader = reader;
        this.metrics = metrics;
    }

    @Override
    public void handle(Request request) {
        QueryParameters query = ReadOptions.parameters(request, ListParameters.NAMES);
        ReadOptions options = ReadOptions.of(request, query);
        PageQuery page = ListParameters.page(PathCounter.namespace(request), query);
        OptionalInt partitions = reader.partitions();
        if (partitions.isEmpty()) {
            throw new ProblemException(HttpErrorCode.NOT_READY, "the number of partitions is not known yet");
        }
        if (!budget.of(request).take(held(partitions.getAsInt(), page))) {
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED, "Already listing " + COUNTERS_TOTAL_MAX + " counters; ask again");
        }
        Offloaded.answer(
                request,
                Pages.read(reader.askedBy(request.requestId()), partitions.getAsInt(), page, options.query()),
                pages -> answer(request, page, options, pages));
    }

    /**
     * The size of a list. With a large number of partitions one list may use the whole budget, but it never exceeds it.
     */
    private static int held(int partitions, PageQuery page) {
        return Math.min(partitions * Math.max(page.limit(), PAGE_HELD_MIN), COUNTERS_TOTAL_MAX);
    }

    private Response answer(Request request, PageQuery page, ReadOptions options, Pages pages) {
        Pages.Gap gap = pages.gap();
        if (gap == null) {
            metrics.countList();
            return ListJson.response(
                    page, MergedList.of(page, pages.given()), pages.asOf(), options.numbersAsStrings());
        }
        metrics.countMissingList(gap.why());
        if (gap.why() instanceof ReadResult.NotReached<?> notReached) {
            return request.problemResponse(NoAnswer.code(notReached.why()), notReached.detail(), ProblemMembers.NONE);
        }
        return request.problemResponse(
                QueryErrorCode.INCOMPLETE,
                "partition " + gap.partition() + ": " + CounterJson.why(gap.why()),
                ProblemMembers.NONE);
    }
}
