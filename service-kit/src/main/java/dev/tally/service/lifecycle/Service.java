package dev.tally.service.lifecycle;

import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A running part of Tally. It has no HTTP server of its own: it gives away its routes, so that each process serves all its
 * services by one. Its methods may be called by any thread.
 */
public interface Service extends AutoCloseable {
    /** As in {@code ingest-api}. */
    String name();

    List<Route> routes();

    /** What has to hold for the process to be ready. */
    List<HealthCheck> checks();

    /**
     * The paths of the OpenAPI document that describe {@link #routes}: YAML, each line indented by two spaces at least, as
     * it stands below {@code paths:}. May refer to the shared components.
     */
    String openApiPaths();

    /**
     * Completes exceptionally, with the reason, when the service has failed so badly that its process must end; never
     * completes otherwise.
     */
    default CompletableFuture<Void> failure() {
        return new CompletableFuture<>();
    }

    /**
     * Answers at once those requests that wait for something to happen, and every one that is still to come. Called when the
     * process is to stop, before its server waits for the requests under way: a wait may last longer than that.
     */
    default void stopWaiting() {}

    /** Stops in bounded time. Called once no request comes any more, and called again does nothing. */
    @Override
    void close();
}
