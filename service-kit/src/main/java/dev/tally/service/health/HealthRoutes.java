package dev.tally.service.health;

import dev.tally.service.http.JsonWriter;
import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import dev.tally.service.http.Route;
import java.util.List;

/** {@code /livez} and {@code /readyz}. */
public final class HealthRoutes {
    private HealthRoutes() {}

    public static List<Route> of(List<HealthCheck> checks) {
        return List.of(
                Route.operational("GET", "/livez", HealthRoutes::live),
                Route.operational("GET", "/readyz", request -> ready(request, checks)));
    }

    private static void live(Request request) {
        request.query().only();
        request.respond(Response.json(
                        200,
                        new JsonWriter()
                                .beginObject()
                                .name("status")
                                .value("live")
                                .endObject())
                .noStore());
    }

    private static void ready(Request request, List<HealthCheck> checks) {
        request.query().only();
        boolean ready = true;
        JsonWriter list = new JsonWriter().beginArray();
        for (HealthCheck check : checks) {
            CheckResult result = check.check().get();
            ready &= result.ready();
            list.beginObject()
                    .name("name")
                    .value(check.name())
                    .name("ready")
                    .value(result.ready())
                    .name("detail")
                    .value(result.detail())
                    .endObject();
        }
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("status")
                .value(ready ? "ready" : "not_ready")
                .name("checks")
                .raw(list.endArray())
                .endObject();
        request.respond(Response.json(ready ? 200 : 503, json).noStore());
    }
}
