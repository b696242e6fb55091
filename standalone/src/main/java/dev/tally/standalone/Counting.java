package dev.tally.standalone;

import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.Service;
import dev.tally.streams.CounterStreamsService;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The counting service without its read endpoint. It is read in this process, and an unused route would only be attack
 * surface.
 */
record Counting(CounterStreamsService streams) implements Service {

    @Override
    public String name() {
        return streams.name();
    }

    @Override
    public List<Route> routes() {
        return List.of();
    }

    @Override
    public List<HealthCheck> checks() {
        return streams.checks();
    }

    @Override
    public OpenApiParts openApi() {
        return streams.openApi();
    }

    @Override
    public CompletableFuture<Void> failure() {
        return streams.failure();
    }

    @Override
    public void stopWaiting() {
        streams.stopWaiting();
    }

    @Override
    public void close() {
        streams.close();
    }
}
