package dev.tally.ingest.http;

import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.service.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** The calls that write. */
public final class IngestRoutes {
    private IngestRoutes() {}

    public static List<Route> of(EventLog log, LogMetrics metrics, BatchWorkers workers, Clock clock) {
        return List.of(
                new Route("POST", "/v1/counters/{namespace}/{counter}", new HitHandler(log, metrics, clock)),
                new Route("POST", "/v1/events", new BatchHandler(log, metrics, workers, clock)));
    }

    /** Their part of the OpenAPI document. */
    public static String openApiPaths() {
        try (InputStream paths = IngestRoutes.class.getResourceAsStream("openapi-paths.yaml")) {
            if (paths == null) {
                throw new IllegalStateException("The class path lacks openapi-paths.yaml");
            }
            return new String(paths.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
