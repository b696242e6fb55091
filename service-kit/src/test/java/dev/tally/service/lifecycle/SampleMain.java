package dev.tally.service.lifecycle;

import dev.tally.service.health.CheckResult;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.http.response.Response;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.SampleSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A process with one small service, which fails on request. */
final class SampleMain {
    private SampleMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(() -> {
            Environment environment = Environment.ofProcess(SampleSettings.NAMES, arguments);
            HttpSettings http = HttpSettings.read(environment, 0);
            environment.verify();
            ServiceProcess process = ServiceProcess.start(http, registry -> new SampleService());
            System.out.println("port " + process.server().port());
            return process;
        });
    }

    static final class SampleService implements Service {
        private final CompletableFuture<Void> failure = new CompletableFuture<>();

        @Override
        public String name() {
            return "sample";
        }

        @Override
        public List<Route> routes() {
            return List.of(
                    new Route(
                            "GET", "/v1/sample", request -> request.respond(Response.of(200, "text/plain", "sample"))),
                    new Route("GET", "/broken", request -> {
                        throw new IllegalStateException("a bug");
                    }),
                    new Route("POST", "/fail", request -> {
                        request.respond(Response.of(202, "text/plain", ""));
                        failure.completeExceptionally(new IllegalStateException("the stream thread died"));
                    }),
                    new Route("POST", "/refuse", request -> {
                        request.respond(Response.of(202, "text/plain", ""));
                        failure.completeExceptionally(new RefusedException("The topic differs: delete it"));
                    }));
        }

        @Override
        public List<HealthCheck> checks() {
            return List.of(new HealthCheck("sample", () -> CheckResult.ready("as always")));
        }

        @Override
        public OpenApiParts openApi() {
            return SampleOpenApi.with("""
                  /v1/sample:
                    get:
                      summary: A sample
                      operationId: sample
                      responses:
                        "200":
                          description: The sample.
                        "503": {$ref: "#/components/responses/Unavailable"}
                """);
        }

        @Override
        public CompletableFuture<Void> failure() {
            return failure;
        }

        @Override
        public void close() {
            System.out.println("closed");
        }
    }
}
