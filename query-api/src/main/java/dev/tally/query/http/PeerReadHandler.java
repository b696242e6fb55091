package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.target.QueryParameters;

/**
 * Serves {@link ReadProtocol#COUNTER_TEMPLATE} from this process's reader. It is for ingest-api, which reads the
 * outcome of a write and does not know the partition ownership. It is not public, so it is not in the OpenAPI document.
 */
public final class PeerReadHandler implements Endpoint {
    private static final String JSON = "application/json";
    private static final String[] PARAMETERS = ReadProtocol.PARAMETERS.toArray(String[]::new);

    private final CounterReader reader;

    public PeerReadHandler(CounterReader reader) {
        this.reader = reader;
    }

    @Override
    public void handle(Request request) {
        ReadQuery query = query(request.query().only(PARAMETERS));
        CounterName counter = PathCounter.of(request);
        var unused = reader.askedBy(request.requestId()).read(counter, query).whenComplete((result, failure) -> {
            if (failure != null) {
                request.fail(failure); // the reader broke its contract
            } else {
                request.respond(Response.of(200, JSON, ReadProtocol.write(result)));
            }
        });
    }

    private static ReadQuery query(QueryParameters parameters) {
        try {
            return ReadProtocol.parseQuery(parameters::get);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_PARAMETER,
                    "query: " + Shown.raw(String.valueOf(e.getMessage())) + " (expected: a query of ReadProtocol)");
        }
    }
}
