package dev.tally.service;

import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.Service;
import dev.tally.service.lifecycle.ServiceMain;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.Setting;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service of README.md. {@link ReadmeTest} compares it with README.md and runs it. */
final class EchoService implements Service {
    private static final List<String> NAMES =
            HttpSettings.ALL.stream().map(Setting::variable).toList();

    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    public static void main(String[] arguments) {
        ServiceMain.run(() -> {
            Environment environment = Environment.ofProcess(NAMES, arguments); // another TALLY_ variable is a problem
            HttpSettings http = HttpSettings.read(environment, 8080); // collects its problems
            environment.verify(); // exit code 2 and all of them, if there are any
            return ServiceProcess.start(http, registry -> new EchoService());
        });
    }

    private Route echo() {
        return new Route("POST", "/v1/echo/{name}", request -> {
            request.query().notSupported("wait").only();
            String name = request.pathParameter("name"); // 400 invalid_name unless it is encoded UTF-8
            // 408, 413, 415, 503 are answered by the kit
            request.readBody(16 << 10, body -> {
                long times = times(body); // 400 invalid_json, unknown_field, invalid_value
                worker.execute(() -> request.respond(answer(name, times)));
            });
        });
    }

    private static long times(byte[] body) {
        try (JsonReader json = JsonReader.open(body)) {
            long times = 1;
            json.beginObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                if (!field.equals("times")) {
                    throw json.unknownField("times");
                }
                times = json.wholeNumber();
            }
            json.end();
            return times;
        }
    }

    private static Response answer(String name, long times) {
        return Response.json(
                200,
                new JsonWriter()
                        .beginObject()
                        .name("name")
                        .value(name)
                        .name("times")
                        .value(times)
                        .endObject());
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public List<Route> routes() {
        return List.of(echo());
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of();
    }

    @Override
    public OpenApiParts openApi() {
        return new OpenApiParts("paths:\n", "", "");
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
