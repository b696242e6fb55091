package dev.tally.service.health;

import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;
import java.util.List;

/** {@code /livez} and {@code /readyz}. */
public final class HealthRoutes {
    private HealthRoutes() {}

    public static List<Route> of(List<HealthCheck> checks) {
        return List.of(
                Route.health("GET", "/livez", HealthRoutes::live),
                Route.health("GET", "/readyz", request -> ready(request, checks)));
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
        JsonWriter list = new JsonWriter().beginArray();
        boolean ready = true;
        for (HealthCheck check : checks) {
            ready &= write(check.name(), check.check().get(), list);
        }
        if (request.isServerClosing()) {
            ready = write("shutdown", CheckResult.notReady("the process is shutting down"), list);
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

    private static boolean write(String name, CheckResult result, JsonWriter list) {
        list.beginObject()
                .name("name")
                .value(name)
                .name("ready")
                .value(result.ready())
                .name("detail")
                .value(result.detail())
                .endObject();
        return result.ready();
    }
}
