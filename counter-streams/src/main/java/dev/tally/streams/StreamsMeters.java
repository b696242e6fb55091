package dev.tally.streams;

import dev.tally.streams.read.LocalReader;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Rejection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The metrics of counter-streams, including those of Kafka Streams. {@link CountingMetrics} defines how they add up.
 *
 * <p>{@code tally_streams_events_applied_total}, {@code …_rejected_total} (by reason) and {@code …_skipped_total};
 * {@code tally_streams_partitions_served}, {@code …_stalled}; {@code tally_streams_lag_records};
 * {@code tally_streams_state_memory_bytes}.
 */
final class StreamsMeters implements AutoCloseable {
    private final CompletableFuture<KafkaStreamsMetrics> kafka;

    StreamsMeters(
            MeterRegistry registry,
            CountingMetrics counting,
            ServingStores serving,
            StreamsRuntime runtime,
            LocalReader reader) {
        FunctionCounter.builder("tally.streams.events.applied", counting, CountingMetrics::applied)
                .description("Events applied to the state")
                .register(registry);
        FunctionCounter.builder("tally.streams.events.duplicate", counting, CountingMetrics::duplicate)
                .description("Events dropped because their id had been applied already")
                .register(registry);
        FunctionCounter.builder("tally.streams.events.skipped", counting, CountingMetrics::skipped)
                .description("Events that the state held already when the log was read again")
                .register(registry);
        for (Rejection rejection : Rejection.values()) {
            FunctionCounter.builder("tally.streams.events.rejected", counting, metrics -> metrics.rejected(rejection))
                    .description("Events refused, each recorded in tally.events.rejected")
                    .tag("reason", rejection.reason())
                    .register(registry);
        }
        Gauge.builder(
                        "tally.streams.partitions.served",
                        serving,
                        stores -> stores.partitions().size())
                .description("Partitions whose counters this instance serves")
                .register(registry);
        Gauge.builder("tally.streams.lag", runtime, StreamsRuntime::lag)
                .description("Events of the partitions served here that are not counted yet")
                .baseUnit("records")
                .register(registry);
        Gauge.builder("tally.streams.partitions.stalled", runtime, StreamsRuntime::stalledPartitions)
                .description("Partitions whose next event waits for the schema registry")
                .register(registry);
        Gauge.builder("tally.streams.reads.waiting", reader, LocalReader::waiting)
                .description("Reads that wait for an event to be counted or committed, or for the state to be flushed")
                .register(registry);
        Gauge.builder("tally.streams.state.memory", runtime, StreamsRuntime::stateMemoryBytes)
                .description("RocksDB's memory in use")
                .baseUnit("bytes")
                .register(registry);
        kafka = runtime.created().thenApply(streams -> bind(streams, registry));
    }

    private static KafkaStreamsMetrics bind(KafkaStreams streams, MeterRegistry registry) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return metrics;
    }

    @Override
    public void close() {
        if (kafka.isDone()) {
            kafka.join().close();
        }
    }
}
