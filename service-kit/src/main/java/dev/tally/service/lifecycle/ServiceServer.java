package dev.tally.service.lifecycle;

import dev.tally.service.health.HealthCheck;
import dev.tally.service.health.HealthRoutes;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Route;
import dev.tally.service.http.response.Response;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.HttpSettings;
import java.util.ArrayList;
import java.util.List;

/** One HTTP server for services, with {@code /livez}, {@code /readyz}, {@code /metrics} and {@code /openapi.yaml}. */
public final class ServiceServer {
    private ServiceServer() {}

    /** Starts the server. Closing it does not close the services. */
    public static HttpServer start(HttpSettings settings, Metrics metrics, List<Service> services) {
        List<Route> routes = new ArrayList<>();
        List<HealthCheck> checks = new ArrayList<>();
        for (Service service : services) {
            routes.addAll(service.routes());
            checks.addAll(service.checks());
        }
        routes.addAll(HealthRoutes.of(checks));
        routes.add(metrics.route());
        String document = OpenApiDocument.of(services);
        routes.add(Route.operational(
                "GET", "/openapi.yaml", request -> request.respond(Response.of(200, "application/yaml", document))));
        return HttpServer.start(settings, routes, metrics.registry());
    }
}
