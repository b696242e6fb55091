package dev.tally.service.lifecycle;

import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A running part of Tally. It has no HTTP server of its own but provides routes, so that one server per process serves all
 * services of the process. Thread-safe.
 */
public interface Service extends AutoCloseable {
    /** The name, such as {@code ingest-api}. */
    String name();

    List<Route> routes();

    /** The health checks that must pass for the process to be ready. */
    List<HealthCheck> checks();

    /** The description of {@link #routes} for the OpenAPI document of the process. */
    OpenApiParts openApi();

    /**
     * Completes exceptionally, with the cause, when the service fails in a way that must end the process. Never completes
     * otherwise.
     */
    default CompletableFuture<Void> failure() {
        return new CompletableFuture<>();
    }

    /**
     * Makes all waiting requests, and all later ones, answer immediately. Called when the process begins to stop, before its
     * server waits for in-flight requests, because a request may wait longer than the server does.
     */
    default void stopWaiting() {}

    /** Stops in bounded time. Called when no further request can arrive. Idempotent. */
    @Override
    void close();
}
