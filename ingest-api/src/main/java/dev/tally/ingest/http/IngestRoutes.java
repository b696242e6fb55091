package dev.tally.ingest.http;

import dev.tally.ingest.event.DeletionParser;
import dev.tally.ingest.event.HitParser;
import dev.tally.ingest.event.NewTotalParser;
import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.schemas.read.CounterReader;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.ClassPathText;
import java.time.Clock;
import java.util.List;

/** The routes that write. */
public final class IngestRoutes {
    private static final String COUNTER = "/v1/counters/{namespace}/{counter}";

    private IngestRoutes() {}

    /** @param reader reads the outcome of an event for a client that waits for it */
    public static List<Route> of(
            EventLog log, LogMetrics metrics, CounterReader reader, BatchWorkers workers, Clock clock) {
        return List.of(
                Route.writing("POST", COUNTER, new WriteCounterHandler(HitParser::parse, log, metrics, reader, clock)),
                Route.writing(
                        "PUT", COUNTER, new WriteCounterHandler(NewTotalParser::parse, log, metrics, reader, clock)),
                Route.writing(
                        "DELETE", COUNTER, new WriteCounterHandler(DeletionParser::parse, log, metrics, reader, clock)),
                Route.writing("POST", "/v1/events", new BatchHandler(log, metrics, workers, clock)));
    }

    /** The part of the OpenAPI document for these routes. */
    public static String openApiPaths() {
        return ClassPathText.of(IngestRoutes.class, "openapi-paths.yaml");
    }
}
