package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.registry.SchemaIds;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.store.CounterStoreBuilder;
import dev.tally.streams.state.store.StateLimits;
import dev.tally.streams.topology.CounterTopology;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Feeds;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Puts Kafka Streams together: configuration, store, topology, clients. Creates no thread and sends no request. */
final class StreamsFactory {
    private final SchemaDirectory schemas;
    private final StalledPartitions stalls;
    private final ServingStores serving;
    private final CountingMetrics metrics;
    private final OffsetLimit limit;
    private final EventRate rate;
    private final Feeds feeds;
    private final StateMemory memory;

    StreamsFactory(
            SchemaDirectory schemas,
            StalledPartitions stalls,
            ServingStores serving,
            CountingMetrics metrics,
            OffsetLimit limit,
            EventRate rate,
            Feeds feeds,
            StateMemory memory) {
        this.schemas = schemas;
        this.stalls = stalls;
        this.serving = serving;
        this.metrics = metrics;
        this.limit = limit;
        this.rate = rate;
        this.feeds = feeds;
        this.memory = memory;
    }

    /**
     * @param admin closed with the instance
     * @param closed ends the check of the state against the log when it is true
     */
    StreamsInstance create(RuntimeOptions options, Admin admin, SchemaIds ids, BooleanSupplier closed) {
        StreamsConfig config = new StreamsConfig(StreamsProperties.of(options, memory));
        // If a deployment sets the interval, it applies without the earlier commits at low record rates.
        FlushSchedulers schedulers =
                new FlushSchedulers(System::nanoTime, StreamsProperties.hasOwnCommitInterval(config));
        CounterStoreBuilder store = new CounterStoreBuilder(
                CounterTopology.STORE,
                serving,
                schedulers,
                StateLimits.DEFAULT,
                options.parameters(),
                StateCheck.of(options, admin, config, closed));
        Topology topology = CounterTopology.build(
                options.partitions(), schemas, new TotalEncoder(ids.total()), metrics, feeds, store);
        PollLimit pollLimit = new PollLimit();
        EventClients clients = new EventClients(schedulers, schemas, stalls, pollLimit, limit, rate);
        KafkaStreams streams = new KafkaStreams(topology, config, clients);
        Heartbeats heartbeats = new Heartbeats(
                clients::consumerMetrics,
                System::nanoTime,
                Duration.ofMillis(StreamsProperties.SESSION_TIMEOUT_MILLIS / 2));
        return new StreamsInstance(options, streams, admin, heartbeats, pollLimit);
    }
}
