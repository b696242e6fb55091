package dev.tally.service.lifecycle;

import java.util.concurrent.CompletableFuture;

/** The running parts of a started process. */
public interface Running extends AutoCloseable {
    /** Completes exceptionally when the process must end; never completes otherwise. */
    CompletableFuture<Void> failure();

    /** Stops everything in bounded time. */
    @Override
    void close();
}
