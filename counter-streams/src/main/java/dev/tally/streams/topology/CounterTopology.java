package dev.tally.streams.topology;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.store.CounterStore;
import dev.tally.streams.state.store.CounterStoreBuilder;
import dev.tally.streams.state.store.Generation;
import dev.tally.streams.state.store.StateLimits;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The counting topology: events → counting → totals. Events that counting rejects go to the dead-letter topic.
 *
 * <pre>
 * tally.events → events → counting ⇄ counters
 *                          ├→ totals   → tally.totals
 *                          └→ rejected → tally.events.rejected
 * </pre>
 *
 * <p>There is no repartition topic. The log is keyed by counter, so an offset in the log identifies a point in the history of the
 * state.
 */
public final class CounterTopology {
    public static final String SOURCE = "events";
    public static final String COUNT = "count";
    public static final String STORE = "counters";
    public static final String TOTALS_SINK = "totals";
    public static final String REJECTED_SINK = "rejected";

    private CounterTopology() {}

    /**
     * @param partitions the actual number of partitions of {@code tally.events}
     * @param schemas finds the writer schemas of events
     * @param totals serializes the totals of the feed
     * @param serving receives the stores of the partitions that can be read
     * @param generation the settings that the state depends on in addition to the log
     * @param limits bounds on how much of the state of a partition is processed at once
     * @param log checks the state against the log
     */
    public static Topology build(
            int partitions,
            SchemaLookup schemas,
            TotalEncoder totals,
            ServingStores serving,
            CountingMetrics metrics,
            Generation generation,
            StateLimits limits,
            LogCheck log) {
        return build(
                partitions, schemas, totals, metrics, new CounterStoreBuilder(STORE, serving, limits, generation, log));
    }

    static Topology build(
            int partitions,
            SchemaLookup schemas,
            TotalEncoder totals,
            CountingMetrics metrics,
            StoreBuilder<CounterStore> store) {
        Topology topology = new Topology();
        topology.addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.EVENTS);
        topology.addProcessor(COUNT, () -> new CountingProcessor(partitions, schemas, totals, metrics), SOURCE);
        topology.addStateStore(store, COUNT);
        topology.addSink(TOTALS_SINK, Topics.TOTALS, new ByteArraySerializer(), new ByteArraySerializer(), COUNT);
        topology.addSink(REJECTED_SINK, Topics.REJECTED, new ByteArraySerializer(), new ByteArraySerializer(), COUNT);
        return topology;
    }
}
