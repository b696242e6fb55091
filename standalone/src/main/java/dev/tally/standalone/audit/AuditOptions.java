package dev.tally.standalone.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to audit, and with what.
 *
 * @param namespace the only namespace to audit; null for all
 * @param window how long an ID is remembered, in stream time: the window that the state was made with
 * @param directory where temporary files are created, in a directory of their own
 * @param memoryBytes the approximate memory for the counters and IDs of one bucket
 */
public record AuditOptions(@Nullable String namespace, Duration window, Path directory, long memoryBytes) {
    /** The share of the heap that the counters and IDs of one bucket may take; the rest is for the consumer and its records. */
    private static final int HEAP_SHARE = 4;

    public AuditOptions(@Nullable String namespace, Duration window, Path directory) {
        this(namespace, window, directory, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }
}
