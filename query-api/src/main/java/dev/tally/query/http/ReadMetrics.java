package dev.tally.query.http;

import dev.tally.schemas.read.ReadResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * {@code tally_query_reads_total} by outcome: reads = found + unknown + not_ready + not_reached. Each counter of a lookup
 * is a read.
 */
public final class ReadMetrics {
    private final Counter found;
    private final Counter unknown;
    private final Counter notReady;
    private final Counter notReached;

    public ReadMetrics(MeterRegistry registry) {
        found = counter(registry, "found");
        unknown = counter(registry, "unknown");
        notReady = counter(registry, "not_ready");
        notReached = counter(registry, "not_reached");
    }

    void count(ReadResult result) {
        if (result instanceof ReadResult.Found) {
            found.increment();
        } else if (result instanceof ReadResult.Unknown) {
            unknown.increment();
        } else if (result instanceof ReadResult.NotReached) {
            notReached.increment();
        } else {
            notReady.increment();
        }
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("tally.query.reads")
                .description("Reads of one counter that were answered")
                .tag("outcome", outcome)
                .register(registry);
    }
}
