package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.state.flush.FlushSchedulers;
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
 * Creates the clients of Kafka Streams. The consumer of events performs requested flushes and withholds the events beyond the
 * limit or the rate. With a schema registry it also withholds the events that must wait for a schema.
 */
final class EventClients implements KafkaClientSupplier {
    private final FlushSchedulers schedulers;
    private final SchemaDirectory schemas;
    private final StalledPartitions stalls;
    private final PollLimit pollLimit;
    private final OffsetLimit limit;
    private final EventRate rate;
    private final Set<FlushingConsumer> consumers = ConcurrentHashMap.newKeySet();

    EventClients(
            FlushSchedulers schedulers,
            SchemaDirectory schemas,
            StalledPartitions stalls,
            PollLimit pollLimit,
            OffsetLimit limit,
            EventRate rate) {
        this.schedulers = schedulers;
        this.schemas = schemas;
        this.stalls = stalls;
        this.pollLimit = pollLimit;
        this.limit = limit;
        this.rate = rate;
        limit.onChange(this::wakeup);
        rate.onChange(this::wakeup);
    }

    private void wakeup() {
        consumers.forEach(FlushingConsumer::wakeup);
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
                ? new AdmittingConsumer(
                        config, schedulers, pollLimit, limit, rate, new SchemaAdmission(schemas::ask, stalls))
                : new RunConsumer(config, schedulers, pollLimit, limit, rate);
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
        return new RestoreConsumer(config, pollLimit);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
