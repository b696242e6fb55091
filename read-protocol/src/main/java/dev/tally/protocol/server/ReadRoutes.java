package dev.tally.protocol.server;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.response.Response;
import dev.tally.service.http.target.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of {@link ReadProtocol}. They are internal, so they are not in the OpenAPI document. */
public final class ReadRoutes {
    private static final String JSON = "application/json";
    private static final String[] READ = ReadProtocol.PARAMETERS.toArray(String[]::new);
    private static final String[] HISTORY = with(ReadProtocol.RANGE_PARAMETERS);
    private static final String[] PAGE = with(ReadProtocol.PAGE_PARAMETERS);

    private final StateReader reader;
    private final Function<CounterName, @Nullable ReadResult<Total>> inMemory;

    private ReadRoutes(StateReader reader, Function<CounterName, @Nullable ReadResult<Total>> inMemory) {
        this.reader = reader;
        this.inMemory = inMemory;
    }

    /**
     * The endpoint for one total, from a reader that finds the owner. It is for ingest-api, which reads the outcome of a write and
     * does not know the partition ownership.
     */
    public static Route total(ReadProtocol protocol, CounterReader reader) {
        return new Route("GET", protocol.counterTemplate(), request -> total(request, reader));
    }

    /**
     * All endpoints, from the state of one instance.
     *
     * @param protocol of the generation of that state
     * @param inMemory reads a total if it is in memory, otherwise returns null; never blocks
     */
    public static List<Route> of(
            ReadProtocol protocol,
            StateReader reader,
            Function<CounterName, @Nullable ReadResult<Total>> inMemory,
            Supplier<Ownership> ownership) {
        ReadRoutes routes = new ReadRoutes(reader, inMemory);
        return List.of(
                total(protocol, reader),
                new Route("GET", protocol.totalsPath(), routes::totals),
                new Route("GET", protocol.historyTemplate(), routes::history),
                new Route("GET", protocol.explainTemplate(), routes::explain),
                new Route("GET", protocol.pageTemplate(), routes::page),
                new Route("GET", protocol.ownershipPath(), request -> {
                    request.query().only();
                    request.respond(Response.of(200, JSON, ReadProtocol.write(ownership.get())));
                }));
    }

    private static String[] with(List<String> parameters) {
        return Stream.concat(ReadProtocol.PARAMETERS.stream(), parameters.stream())
                .toArray(String[]::new);
    }

    private static void total(Request request, CounterReader reader) {
        QueryParameters parameters = request.query().only(READ);
        answer(
                request,
                reader.askedBy(request.requestId()).read(counter(request), query(parameters)),
                ResultFormat.TOTAL);
    }

    private void totals(Request request) {
        QueryParameters parameters = request.query().only(ReadProtocol.TOTALS_PARAMETER);
        List<CounterName> counters =
                parsed(() -> ReadProtocol.parseTotalsNames(parameters.get(ReadProtocol.TOTALS_PARAMETER)));
        List<@Nullable ReadResult<Total>> results = new ArrayList<>(counters.size());
        for (CounterName counter : counters) {
            results.add(inMemory.apply(counter));
        }
        request.respond(Response.of(200, JSON, ReadProtocol.writeTotals(results)));
    }

    private void history(Request request) {
        QueryParameters parameters = request.query().only(HISTORY);
        answer(
                request,
                reader.history(
                        counter(request), parsed(() -> ReadProtocol.parseRange(parameters::get)), query(parameters)),
                ResultFormat.HISTORY);
    }

    private void explain(Request request) {
        QueryParameters parameters = request.query().only(READ);
        answer(request, reader.explain(counter(request), query(parameters)), ResultFormat.EXPLANATION);
    }

    private void page(Request request) {
        QueryParameters parameters = request.query().only(PAGE);
        String namespace = request.pathParameter("namespace");
        answer(
                request,
                parsed(() -> reader.page(
                        Integer.parseInt(request.pathParameter("partition")),
                        ReadProtocol.parsePage(namespace, parameters::get),
                        query(parameters))),
                ResultFormat.PAGE);
    }

    private static <T> void answer(Request request, CompletionStage<ReadResult<T>> read, ResultFormat<T> format) {
        var unused = read.whenComplete((result, failure) -> {
            if (failure != null) {
                request.fail(failure); // the reader broke its contract
            } else {
                request.respond(Response.of(200, JSON, format.write(result)));
            }
        });
    }

    private static CounterName counter(Request request) {
        try {
            return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(HttpErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
    }

    private static ReadQuery query(QueryParameters parameters) {
        return parameters.isEmpty() ? ReadQuery.NOW : parsed(() -> ReadProtocol.parseQuery(parameters::get));
    }

    private static <T> T parsed(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpErrorCode.INVALID_PARAMETER, Shown.raw(String.valueOf(e.getMessage())));
        }
    }
}
