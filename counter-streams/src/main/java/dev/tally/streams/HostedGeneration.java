package dev.tally.streams;

import dev.tally.schemas.generation.CountingParameters;
import dev.tally.schemas.generation.GenerationEntry;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.change.Side;
import dev.tally.streams.read.LocalDigests;
import dev.tally.streams.read.LocalReader;
import dev.tally.streams.runtime.EventRate;
import dev.tally.streams.runtime.OffsetLimit;
import dev.tally.streams.runtime.RuntimeOptions;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.snapshot.SnapshotSource;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.store.StateParameters;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Feeds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One generation on this instance: its counting, the partitions that it serves here, and the reads of them. */
final class HostedGeneration implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(HostedGeneration.class);

    private final Generation generation;
    private final ServingStores serving = new ServingStores();
    private final CountingMetrics metrics = new CountingMetrics();
    private final OffsetLimit limit = new OffsetLimit();
    private final EventRate rate = new EventRate(System::nanoTime);
    private final int rebuildRate;
    private final Feeds feeds = new Feeds(false);
    private final StreamsRuntime runtime;
    private final LocalReader reader;
    private final LocalDigests digests = new LocalDigests(serving);
    private final CompletableFuture<KafkaStreamsMetrics> kafka;
    private volatile @Nullable String settingsDiffer;
    private volatile @Nullable SnapshotSource snapshotSource;

    /**
     * Does not start counting.
     *
     * @param memory shared by all generations
     * @param address {@code host:port} of this instance, for explanations; null while it is unknown
     */
    HostedGeneration(
            Generation generation,
            StreamsSettings settings,
            SchemaDirectory schemas,
            StateMemory memory,
            MeterRegistry registry,
            Supplier<@Nullable String> address) {
        this.generation = generation;
        this.rebuildRate = settings.rebuildRate();
        this.runtime = new StreamsRuntime(schemas, serving, metrics, limit, rate, feeds, memory);
        this.reader = new LocalReader(serving, runtime, settings.partitions(), address);
        this.kafka = runtime.created().thenApply(streams -> bind(streams, registry));
    }

    /**
     * Starts counting; returns immediately.
     *
     * @param endpoint {@code host:port} at which other processes reach the routes of this instance
     */
    void start(StreamsSettings settings, GenerationEntry entry, String endpoint) {
        StateParameters parameters = parameters(entry.parameters(), settings);
        settingsDiffer = settings.parameters().difference(parameters, entry.name());
        if (settingsDiffer != null) {
            LOGGER.warn(settingsDiffer);
        }
        snapshotSource = new SnapshotSource(name(), serving, parameters);
        runtime.start(new RuntimeOptions(
                generation.applicationId(),
                InstanceId.of(settings.stateDir()),
                endpoint,
                settings.stateDir(),
                parameters,
                settings.threads(),
                settings.standbys(),
                settings.partitions(),
                settings.replicationFactor(),
                settings.acceptedGaps(),
                settings.streams(),
                settings.admin()));
    }

    /** Called each time that the record is followed: how fast this generation may count. */
    void follow(Generations now) {
        rate.set(RebuildRate.of(now, name(), rebuildRate));
    }

    private static StateParameters parameters(CountingParameters recorded, StreamsSettings settings) {
        return new StateParameters(
                recorded.deduplicationWindow(),
                new HistoryRetention(recorded.minutes(), recorded.hours(), recorded.days()),
                settings.parameters().topIndex());
    }

    /** How the settings differ from the parameters that it is counted with, in a sentence; null if they do not. */
    @Nullable
    String settingsDiffer() {
        return settingsDiffer;
    }

    /** What snapshots of it are made of; null before it was started. */
    @Nullable
    SnapshotSource snapshotSource() {
        return snapshotSource;
    }

    String name() {
        return generation.name();
    }

    private static KafkaStreamsMetrics bind(KafkaStreams streams, MeterRegistry registry) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return metrics;
    }

    ServingStores serving() {
        return serving;
    }

    CountingMetrics metrics() {
        return metrics;
    }

    /** For a change of the live generation. */
    Side side() {
        return new Side(name(), serving, runtime, reader, digests, limit, feeds);
    }

    StreamsRuntime runtime() {
        return runtime;
    }

    LocalReader reader() {
        return reader;
    }

    /** Stops counting, and ends the reads that wait. The next process with this state directory goes on where this one stopped. */
    @Override
    public void close() {
        stop(runtime::close);
    }

    /**
     * Stops for good: leaves the group.
     *
     * @param deletesState whether the state of this generation on this machine is deleted too
     */
    void leave(boolean deletesState) {
        stop(() -> runtime.leave(deletesState));
    }

    private void stop(Runnable counting) {
        reader.stopWaiting();
        counting.run();
        digests.close();
        reader.close();
        if (kafka.isDone()) {
            kafka.join().close();
        }
    }
}
