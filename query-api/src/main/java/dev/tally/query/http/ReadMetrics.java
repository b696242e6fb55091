package dev.tally.query.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** {@code tally_query_reads_total} by outcome: reads = found + unknown + not_ready. */
final class ReadMetrics {
    final Counter found;
    final Counter unknown;
    final Counter notReady;

    ReadMetrics(MeterRegistry registry) {
        found = counter(registry, "found");
        unknown = counter(registry, "unknown");
        notReady = counter(registry, "not_ready");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("tally.query.reads")
                .description("Reads of one counter that were answered")
                .tag("outcome", outcome)
                .register(registry);
    }
}
