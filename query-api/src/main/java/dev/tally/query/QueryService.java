package dev.tally.query;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.server.ReadRoutes;
import dev.tally.query.http.ExplainHandler;
import dev.tally.query.http.HistoryHandler;
import dev.tally.query.http.ListHandler;
import dev.tally.query.http.LookupHandler;
import dev.tally.query.http.ReadCounterHandler;
import dev.tally.query.http.ReadMetrics;
import dev.tally.query.routing.OwnershipReadiness;
import dev.tally.query.routing.Routing;
import dev.tally.schemas.api.SharedOpenApi;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.StateReader;
import dev.tally.service.health.CheckResult;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.ClassPathText;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves totals, histories, explanations and lists from the given reader. It has no state of its own. */
public final class QueryService implements Service {
    private static final String COUNTER = "/v1/counters/{namespace}/{counter}";

    private final List<Route> routes;
    private final HealthCheck check;
    /** Reads from other processes; null if reads are made in this process, by a reader that belongs to the caller. */
    private final @Nullable Routing routing;

    private QueryService(List<Route> routes, Supplier<CheckResult> check, @Nullable Routing routing) {
        this.routes = List.copyOf(routes);
        this.check = new HealthCheck("owners", check);
        this.routing = routing;
    }

    /**
     * Starts a service that reads from instances of counter-streams in other processes. It starts to discover them;
     * returns at once.
     */
    public static QueryService start(QuerySettings settings, MeterRegistry registry) {
        Routing routing = Routing.start(ReadProtocol.LIVE, settings.streams());
        return new QueryService(
                reads(ReadProtocol.LIVE, routing, registry, InstantSource.system()), routing::check, routing);
    }

    /**
     * Starts a service that reads in this process, without a network hop.
     *
     * @param ownership checked whenever readiness is; must not block
     */
    public static QueryService inProcess(StateReader reader, Supplier<Ownership> ownership, MeterRegistry registry) {
        return inProcess(reader, ownership, registry, InstantSource.system());
    }

    static QueryService inProcess(
            StateReader reader, Supplier<Ownership> ownership, MeterRegistry registry, InstantSource clock) {
        OwnershipReadiness readiness = new OwnershipReadiness();
        return new QueryService(
                reads(ReadProtocol.LIVE, reader, registry, clock),
                () -> {
                    readiness.observe(ownership.get());
                    return readiness.check("no partition is known yet");
                },
                null);
    }

    @Override
    public String name() {
        return "query-api";
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(check);
    }

    @Override
    public OpenApiParts openApi() {
        return new OpenApiParts(
                SharedOpenApi.header(),
                ClassPathText.of(QueryService.class, "openapi-read.yaml"),
                SharedOpenApi.components());
    }

    @Override
    public void stopWaiting() {
        if (routing != null) {
            routing.stopWaiting();
        }
    }

    @Override
    public void close() {
        if (routing != null) {
            routing.close();
        }
    }

    private static List<Route> reads(
            ReadProtocol protocol, StateReader reader, MeterRegistry registry, InstantSource clock) {
        ReadMetrics metrics = new ReadMetrics(registry);
        return List.of(
                new Route("GET", COUNTER, new ReadCounterHandler(reader, metrics)),
                new Route("GET", COUNTER + "/history", new HistoryHandler(reader, metrics, clock)),
                new Route("GET", COUNTER + "/explain", new ExplainHandler(reader, metrics)),
                new Route("GET", "/v1/counters/{namespace}", new ListHandler(reader, metrics)),
                new Route("POST", "/v1/counters:lookup", new LookupHandler(reader, metrics)),
                ReadRoutes.total(protocol, reader));
    }
}
