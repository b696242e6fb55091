package dev.tally.streams;

import dev.tally.schemas.generation.Phase;
import dev.tally.streams.snapshot.Snapshots;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Rejection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of counter-streams. They are those of the live generation, except the memory, which all generations share, and the
 * progress of a rebuild. {@link CountingMetrics} defines how they add up.
 *
 * <p>{@code tally_streams_events_applied_total}, {@code …_rejected_total} (by reason) and {@code …_skipped_total};
 * {@code tally_streams_partitions_served}, {@code …_stalled}; {@code tally_streams_lag_records};
 * {@code tally_streams_snapshot_age_seconds}; {@code tally_streams_state_memory_bytes};
 * {@code tally_streams_rebuild_counted_records}, {@code …_log_records}, {@code …_phase}.
 */
final class StreamsMeters {
    private final MeterRegistry registry;
    private final Supplier<@Nullable HostedGeneration> live;
    private final List<LiveCount> counts = new ArrayList<>();

    /**
     * @param live the live generation; null before it is known
     * @param memory of the stores of all generations
     * @param progress of the generation that is to become live
     * @param snapshots of the state of the live generation
     */
    StreamsMeters(
            MeterRegistry registry,
            Supplier<@Nullable HostedGeneration> live,
            StateMemory memory,
            RebuildProgress progress,
            Snapshots snapshots) {
        this.registry = registry;
        this.live = live;
        counter("applied", CountingMetrics::applied, "Events applied to the state")
                .register(registry);
        counter("duplicate", CountingMetrics::duplicate, "Events dropped because their id had been applied already")
                .register(registry);
        counter("skipped", CountingMetrics::skipped, "Events that the state held already when the log was read again")
                .register(registry);
        for (Rejection rejection : Rejection.values()) {
            counter(
                            "rejected",
                            metrics -> metrics.rejected(rejection),
                            "Events refused, each recorded in tally.events.rejected")
                    .tag("reason", rejection.reason())
                    .register(registry);
        }
        gauge(
                "partitions.served",
                hosted -> hosted.serving().partitions().size(),
                0,
                null,
                "Partitions whose counters this instance serves");
        gauge(
                "lag",
                hosted -> hosted.runtime().lag(),
                Double.NaN,
                "records",
                "Events of the partitions served here that are not counted yet");
        gauge(
                "partitions.stalled",
                hosted -> hosted.runtime().stalledPartitions(),
                0,
                null,
                "Partitions whose next event waits for the schema registry");
        gauge(
                "reads.waiting",
                hosted -> hosted.reader().waiting(),
                0,
                null,
                "Reads that wait for an event to be counted or committed, or for the state to be flushed");
        Gauge.builder("tally.streams.state.memory", memory, StateMemory::usedBytes)
                .strongReference(true)
                .description("RocksDB's memory in use, by all generations together")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("tally.streams.snapshot.age", snapshots, Snapshots::ageSeconds)
                .description("Age of the oldest of the newest snapshots of all partitions")
                .baseUnit("seconds")
                .register(registry);
        rebuild(progress);
    }

    private void rebuild(RebuildProgress progress) {
        records("counted", progress, RebuildProgress::counted, "Events that the generation to become live has counted");
        records(
                "log",
                progress,
                RebuildProgress::log,
                "Events of the partitions that the generation to become live serves");
        for (Phase phase : Phase.values()) {
            if (phase != Phase.REFUSED) {
                Gauge.builder("tally.streams.rebuild.phase", progress, now -> now.in(phase))
                        .strongReference(true)
                        .description("1 in this phase of a rebuild or rollback")
                        .tag("phase", phase.text())
                        .register(registry);
            }
        }
    }

    private void records(
            String name, RebuildProgress progress, ToDoubleFunction<RebuildProgress> value, String description) {
        Gauge.builder("tally.streams.rebuild." + name, progress, value)
                .strongReference(true)
                .description(description)
                .baseUnit("records")
                .register(registry);
    }

    private FunctionCounter.Builder<LiveCount> counter(
            String name, ToLongFunction<CountingMetrics> of, String description) {
        LiveCount count = new LiveCount(of);
        counts.add(count);
        return FunctionCounter.builder("tally.streams.events." + name, count, LiveCount::value)
                .description(description);
    }

    private void gauge(
            String name,
            ToDoubleFunction<HostedGeneration> value,
            double unknown,
            @Nullable String unit,
            String description) {
        Gauge.builder("tally.streams." + name, live, supplier -> {
                    HostedGeneration now = supplier.get();
                    return now == null ? unknown : value.applyAsDouble(now);
                })
                .strongReference(true)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    /** Called with the generation that is live now, each time that the record is followed. */
    void follow(HostedGeneration now) {
        counts.forEach(count -> count.live(now.metrics()));
    }
}
