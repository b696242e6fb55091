package dev.tally.streams.topology;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.CounterStore;
import dev.tally.streams.state.CounterStoreBuilder;
import dev.tally.streams.state.Generation;
import dev.tally.streams.state.LogCheck;
import dev.tally.streams.state.ServingStores;
import dev.tally.streams.state.StateLimits;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The topology: events → counting → totals, with what counting refuses going to the rejected events.
 *
 * <pre>
 * tally.events → events → counting ⇄ counters
 *                          ├→ totals   → tally.totals
 *                          └→ rejected → tally.events.rejected
 * </pre>
 *
 * <p>There is no repartition topic: the log is keyed by counter, so an offset in the log is a point in the history of
 * the state.
 */
public final class CounterTopology {
    public static final String SOURCE = "events";
    public static final String COUNT = "count";
    public static final String STORE = "counters";
    public static final String TOTALS_SINK = "totals";
    public static final String REJECTED_SINK = "rejected";

    private CounterTopology() {}

    /**
     * @param partitions how many partitions {@code tally.events} really has
     * @param schemas finds the writer schemas of events
     * @param totals writes the feed
     * @param serving told which partitions can be read, and where
     * @param generation what the state depends on beside the log
     * @param limits how much of the state of a partition is dealt with at once
     * @param log what the state is held against
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
