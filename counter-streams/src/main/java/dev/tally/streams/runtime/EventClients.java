package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.state.serving.ServingStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Creates the default clients of Kafka Streams, except for the consumer of events. That consumer performs requested flushes. With
 * a schema registry it also withholds the events that must wait for a schema.
 */
final class EventClients implements KafkaClientSupplier {
    private final ServingStores serving;
    private final SchemaDirectory schemas;
    private final Stalls stalls;
    private final boolean commitsSpaced;
    private final Set<FlushingConsumer> consumers = ConcurrentHashMap.newKeySet();

    /** @param commitsSpaced whether the commit interval applies at any rate of records, unless readers wait */
    EventClients(ServingStores serving, SchemaDirectory schemas, Stalls stalls, boolean commitsSpaced) {
        this.serving = serving;
        this.schemas = schemas;
        this.stalls = stalls;
        this.commitsSpaced = commitsSpaced;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        FlushingConsumer consumer = schemas.hasRegistry()
                ? new GatedConsumer(
                        config, serving::flushesOfThisThread, commitsSpaced, new SchemaGate(schemas::ask, stalls))
                : new RunConsumer(config, serving::flushesOfThisThread, commitsSpaced);
        consumers.add(consumer);
        return consumer;
    }

    /** The metrics of each open consumer of events. (All clients together have thousands of metrics.) Any thread. */
    List<Map<MetricName, ? extends Metric>> consumerMetrics() {
        consumers.removeIf(FlushingConsumer::isClosed);
        List<Map<MetricName, ? extends Metric>> metrics = new ArrayList<>();
        consumers.forEach(consumer -> metrics.add(consumer.metrics()));
        return metrics;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
