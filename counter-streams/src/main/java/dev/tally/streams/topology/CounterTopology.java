package dev.tally.streams.topology;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.store.CounterStore;
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
     * @param feeds whether totals and rejected events are written
     * @param store builds the store, which must have the name {@link #STORE}
     */
    public static Topology build(
            int partitions,
            SchemaLookup schemas,
            TotalEncoder totals,
            CountingMetrics metrics,
            Feeds feeds,
            StoreBuilder<CounterStore> store) {
        Topology topology = new Topology();
        topology.addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.EVENTS);
        topology.addProcessor(COUNT, () -> new CountingProcessor(partitions, schemas, totals, metrics, feeds), SOURCE);
        topology.addStateStore(store, COUNT);
        topology.addSink(TOTALS_SINK, Topics.TOTALS, new ByteArraySerializer(), new ByteArraySerializer(), COUNT);
        topology.addSink(REJECTED_SINK, Topics.REJECTED, new ByteArraySerializer(), new ByteArraySerializer(), COUNT);
        return topology;
    }
}
