package dev.tally.streams.server;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.QueryParameters;
import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import dev.tally.service.http.Route;
import java.util.List;
import java.util.function.Supplier;

/** The endpoints of {@link ReadProtocol}: one counter, and who owns what. For query-api, not for the public. */
public final class ReadRoutes {
    private static final String JSON = "application/json";

    private ReadRoutes() {}

    public static List<Route> of(CounterReader reader, Supplier<Ownership> ownership) {
        return List.of(
                new Route("GET", ReadProtocol.COUNTER_TEMPLATE, request -> readCounter(reader, request)),
                new Route("GET", ReadProtocol.OWNERSHIP_PATH, request -> {
                    request.query().only();
                    request.respond(Response.of(200, JSON, ReadProtocol.write(ownership.get())));
                }));
    }

    private static void readCounter(CounterReader reader, Request request) {
        QueryParameters parameters = request.query().only(ReadProtocol.PARAMETERS.toArray(String[]::new));
        CounterName counter;
        try {
            counter = CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(ErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
        var unused = reader.read(counter, query(parameters)).whenComplete((result, failure) -> {
            if (failure != null) {
                request.fail(failure);
            } else {
                request.respond(Response.of(200, JSON, ReadProtocol.write(result)));
            }
        });
    }

    private static ReadQuery query(QueryParameters parameters) {
        if (parameters.isEmpty()) {
            return ReadQuery.NOW;
        }
        try {
            return ReadProtocol.parseQuery(parameters::get);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()));
        }
    }
}
